import { BellRing } from "lucide-react";
import { type JSX, lazy } from "react";
import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { isCalling, useAlarms } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useKiosk } from "../../stores/kiosk.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useAct } from "../../stores/use-act.ts";
import { acknowledge } from "../alarms/acknowledge.ts";
import { groupsOf, unacknowledgedOf } from "../alarms/alarm-groups.ts";
import { useAlarmWords } from "../alarms/use-alarm-words.ts";
import styles from "./standing.module.css";

const Sound = lazy(async () => ({ default: (await import("../alarms/sound-button.tsx")).SoundButton }));

/** The worst alarm that nobody has acknowledged: what, since when, what to do, and one tap to say that it was heard. */
export function AlarmBanner(): JSX.Element | null {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const nowMs = useTankNowMs();
  const blocked = useBlocked("operator");
  const act = useAct();
  const isKiosk = useKiosk((k) => k.isKiosk);
  const standing = useAlarms((a) => a.standing);
  const calling = groupsOf(standing.filter(isCalling));
  const [first, ...others] = calling;
  if (first === undefined) return null;
  const { lead, members } = first;
  const value = words.value(lead);
  const grouped = members.length - 1;
  return (
    <section
      className={styles["banner"]}
      data-banner=""
      data-tone="alarm"
      data-priority={lead.priority}
      aria-label={t("banner.label")}
    >
      <BellRing aria-hidden="true" />
      <div className={styles["words"]}>
        <p className={styles["left"]} role="alert">
          <Link className={styles["alarm"]} href="/alarms">
            <span className={styles["priority"]}>{t(`priority.${lead.priority}`)}</span> {words.title(lead)}
            {grouped > 0 && t("banner.grouped", { count: grouped })}
          </Link>
        </p>
        <p className={styles["facts"]}>
          {value !== null && <strong>{value}</strong>} <span>{words.since(lead, nowMs)}</span>
          {others.length > 0 && <span>{t("banner.others", { count: others.length })}</span>}
        </p>
        <p className={styles["more"]}>{words.text(lead.response)}</p>
        {act.problem !== null && <Failure problem={act.problem} />}
      </div>
      <div className={styles["acts"]}>
        {isKiosk && (
          <LoadBoundary>
            <Sound calling={calling} />
          </LoadBoundary>
        )}
        <Button
          kind="primary"
          disabledReason={blocked}
          isReasonHidden
          isPending={act.isPending}
          onPress={() => void act.run(() => acknowledge(unacknowledgedOf(first)))}
        >
          {t("act.acknowledge")}
        </Button>
      </div>
    </section>
  );
}
