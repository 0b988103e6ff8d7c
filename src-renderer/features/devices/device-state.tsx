import type { JSX } from "react";
import type { DeviceStatus } from "#contract/devices.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import styles from "./devices.module.css";

/** Online, offline or disabled: a dot and the word, and since when. Grey while the controller itself is away. */
export function DeviceState({ status }: { readonly status: DeviceStatus }): JSX.Element {
  const { t } = useTranslation("devices");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const isStale = useConnection((c) => c.state !== "online");
  const sinceMs = Date.parse(status.since);
  return (
    <span className={styles["state"]} data-state={isStale ? "stale" : status.state}>
      <span className={styles["dot"]} aria-hidden="true" />
      <strong>{t(`state.${status.state}`)}</strong>
      {/* One that is disabled says the time it was asked, which is no beginning. */}
      {status.state !== "disabled" && (
        <span className={styles["since"]}>
          {t("since", { time: formats.dateTime(sinceMs), age: formats.duration(nowMs - sinceMs) })}
        </span>
      )}
    </span>
  );
}

export function SimulatedBadge(): JSX.Element {
  const { t } = useTranslation();
  return <span className={styles["badge"]}>{t("simulated")}</span>;
}
