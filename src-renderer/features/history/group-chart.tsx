import { type JSX, useMemo } from "react";
import { Link } from "wouter";
import { ChartWords } from "../../charts/chart-words.tsx";
import { HistoryChart } from "../../charts/history-chart.tsx";
import { pointsWithin } from "../../charts/series.ts";
import type { ChartControls } from "../../charts/use-chart.ts";
import type { Histories } from "../../charts/use-histories.ts";
import { Folded } from "../../components/folded.tsx";
import { Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { ChartGroup } from "./chart-groups.ts";
import styles from "./history-page.module.css";

interface GroupChartProps {
  readonly group: ChartGroup;
  readonly byChannel: Histories["byChannel"];
  /** Whether there is nothing more to wait for. */
  readonly isAnswered: boolean;
  readonly controls: ChartControls;
}

/** The chart of the channels that share a unit. */
export function GroupChart({ group, byChannel, isAnswered, controls }: GroupChartProps): JSX.Element {
  const { t } = useTranslation("channel");
  const { channels, display } = group;
  const key = channels.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which channels
  const lines = useMemo(
    () =>
      channels.flatMap(({ id, name }, index) => {
        const history = byChannel.get(id);
        return history === undefined ? [] : [{ id, label: name, color: index + 1, ...history }];
      }),
    [key, byChannel],
  );
  const { extent } = controls;
  const limits = channels.length === 1 ? (channels[0]?.limits ?? null) : null;
  const names = channels.map(({ name }) => name).join(", ");
  const isEmpty =
    lines.length > 0 && lines.every(({ series }) => pointsWithin(series, extent.fromMs, extent.toMs).length === 0);
  return (
    <section className={styles["card"]} aria-label={names}>
      <h2 className={styles["title"]}>
        {channels.map(({ id, name }) => (
          <Link
            key={id}
            href={`/channels/${id}`}
            className={styles["link"]}
            aria-label={t("history.open", { name })}
          >
            {name}
          </Link>
        ))}
        {display.unit !== "" && <span className={styles["unit"]}>{display.unit}</span>}
      </h2>
      {lines.length === 0 && !isAnswered && <Loading lines={5} />}
      {isEmpty && <p className={styles["note"]}>{t("chart.empty")}</p>}
      {lines.length > 0 && !isEmpty && (
        <HistoryChart lines={lines} display={display} limits={limits} isWithLimits={false} controls={controls} />
      )}
      <Folded title={t("summary.title")}>
        <div className={styles["words"]}>
          {channels.map((channel) => {
            const history = byChannel.get(channel.id);
            return history === undefined ? null : (
              <ChartWords
                key={channel.id}
                name={channel.name}
                series={history.series}
                display={display}
                limits={channel.limits}
                extent={extent}
              />
            );
          })}
        </div>
      </Folded>
    </section>
  );
}
