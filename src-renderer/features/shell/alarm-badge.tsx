import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { countOf, isCalling, useAlarms } from "../../stores/alarms.ts";
import styles from "./shell.module.css";

const MOST = 99;

/** How many alarms want a look; loud while one of them calls. */
export function AlarmBadge(): JSX.Element | null {
  const { t } = useTranslation();
  const standing = useAlarms((a) => a.standing);
  const count = countOf(standing);
  if (count === 0) return null;
  return (
    <span className={styles["badge"]} data-calling={standing.some(isCalling) || undefined}>
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span className={styles["heard"]}>{t("nav.alarmsStanding", { count })}</span>
    </span>
  );
}
