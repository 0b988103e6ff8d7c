import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./history.module.css";

interface DayBarsProps {
  /** Oldest first; `day` is YYYY-MM-DD in the tank's zone. */
  readonly days: readonly { readonly day: string; readonly raised: number }[];
  /** From so many a day on it is too much. */
  readonly much: number;
}

const FULL_PCT = 100;
/** Part of a day's place its bar takes. */
const BAR_FRACTION = 0.7;

/** One bar a day; to a screen reader a list of numbers. */
export function DayBars({ days, much }: DayBarsProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const dayOf = new Intl.DateTimeFormat(formats.language, { timeZone: "UTC", day: "numeric", month: "short" });
  const words = (day: string): string => dayOf.format(Date.parse(`${day}T00:00:00Z`));
  const top = Math.max(much, ...days.map(({ raised }) => raised));
  const stepPct = FULL_PCT / Math.max(days.length, 1);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className={styles["bars"]}>
      <svg className={styles["chart"]} aria-hidden="true">
        <line
          className={styles["much"]}
          x1="0"
          x2="100%"
          y1={`${FULL_PCT - (much / top) * FULL_PCT}%`}
          y2={`${FULL_PCT - (much / top) * FULL_PCT}%`}
        />
        {days.map(({ day, raised }, at) => {
          const heightPct = (raised / top) * FULL_PCT;
          return (
            <rect
              key={day}
              className={raised > much ? styles["over"] : styles["bar"]}
              x={`${(at + (1 - BAR_FRACTION) / 2) * stepPct}%`}
              width={`${stepPct * BAR_FRACTION}%`}
              y={`${FULL_PCT - heightPct}%`}
              height={`${heightPct}%`}
              rx="2"
            />
          );
        })}
      </svg>
      <figcaption className={styles["ends"]}>
        <span>{first === undefined ? "" : words(first.day)}</span>
        <span>{t("kpi.muchLine", { count: much })}</span>
        <span>{last === undefined || last === first ? "" : words(last.day)}</span>
      </figcaption>
      <ol className={styles["heard"]}>
        {days.map(({ day, raised }) => (
          <li key={day}>
            {words(day)}: {t("kpi.times", { count: raised })}
          </li>
        ))}
      </ol>
    </figure>
  );
}
