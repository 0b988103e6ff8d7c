import type { JSX } from "react";
import { targetOf } from "../../api/target.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import styles from "./session-frame.module.css";
import { SessionFrame } from "./session-frame.tsx";

/** A start takes a second or two; after this long something may be wrong. */
const PATIENCE_MS = 5_000;

/** Nothing is known yet: the controller is looked for, and after a while it is said what to check. */
export function WaitingPage(): JSX.Element {
  const { t } = useTranslation("session");
  const { t: tCommon } = useTranslation();
  const isThere = useConnection((c) => c.state === "online");
  const sinceMs = useConnection((c) => c.sinceMs);
  const offsetMs = useConnection((c) => c.clockOffsetMs);
  const isLong = useTankNowMs() - offsetMs - sinceMs >= PATIENCE_MS;
  const title = isThere ? t("waiting.starting") : tCommon("connection.connecting");
  return (
    <SessionFrame title={title} lead={<p role="status">{isLong ? t("waiting.long") : t("waiting.soon")}</p>}>
      <div className={styles["drift"]} aria-hidden="true" />
      {isLong && (isThere ? <p className={styles["checks"]}>{t("waiting.startingLong")}</p> : <Checks />)}
    </SessionFrame>
  );
}

function Checks(): JSX.Element {
  const { t } = useTranslation("session");
  const target = targetOf(location, window.reefPipe !== undefined);
  if (target.kind === "window") {
    return (
      <div className={styles["checks"]}>
        <h2>{t("waiting.check")}</h2>
        <ul>
          <li>{t("waiting.windowStart")}</li>
          <li>{t("waiting.windowLog")}</li>
        </ul>
      </div>
    );
  }
  return (
    <div className={styles["checks"]}>
      <h2>{t("waiting.check")}</h2>
      <ul>
        <li>{t("waiting.power")}</li>
        <li>{t("waiting.network")}</li>
        <li>
          {t("waiting.address")} <code>{target.origin}</code>
        </li>
        <li>
          {t("waiting.service")} <code>systemctl status bellas-reef</code>
        </li>
      </ul>
    </div>
  );
}
