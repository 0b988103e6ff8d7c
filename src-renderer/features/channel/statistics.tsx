import type { JSX } from "react";
import type { Channel } from "#contract/channels.ts";
import type { ChartControls } from "../../charts/use-chart.ts";
import { Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./statistics.module.css";
import { useStatistics } from "./use-statistics.ts";

interface StatisticsProps {
  readonly channel: Channel;
  readonly controls: ChartControls;
}

/** Count, lowest, highest, mean and latest of what is in view. */
export function Statistics({ channel, controls }: StatisticsProps): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const { stats, isLoading } = useStatistics(channel.id, controls);
  const display = formats.unitOf(channel.quantity, channel.unit);
  const value = (stored: number | null | undefined): string =>
    stored == null ? t("statistics.none") : formats.valueWithUnit(stored, display);
  const entries = [
    ["min", value(stats?.min)],
    ["mean", value(stats?.mean)],
    ["max", value(stats?.max)],
    ["latest", value(stats?.latest?.value)],
    ["count", stats === null ? t("statistics.none") : formats.number(stats.count, 0)],
  ] as const;
  return (
    <section className={styles["card"]}>
      <h2 className={styles["title"]}>{t("statistics.title")}</h2>
      {isLoading ? (
        <Loading lines={2} />
      ) : (
        <dl className={styles["list"]}>
          {entries.map(([key, text]) => (
            <div key={key} className={styles["entry"]}>
              <dt>{t(`statistics.${key}`)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
