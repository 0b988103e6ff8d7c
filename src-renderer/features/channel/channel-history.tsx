import { type JSX, useMemo, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import { ChartWords } from "../../charts/chart-words.tsx";
import { HistoryChart } from "../../charts/history-chart.tsx";
import { HistoryProblem } from "../../charts/history-problem.tsx";
import { instantWords } from "../../charts/instant-words.ts";
import { Lanes } from "../../charts/lanes.tsx";
import { pointsWithin, type Series } from "../../charts/series.ts";
import type { ChartControls } from "../../charts/use-chart.ts";
import { useHistories } from "../../charts/use-histories.ts";
import { Switch } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { useTank } from "../../stores/tank.ts";
import { type AlarmMoment, setpointsOf } from "../alarms/alarm-moment.ts";
import styles from "./channel-page.module.css";
import { outputsTiedTo } from "./tied-outputs.ts";

interface ChannelHistoryProps {
  readonly channel: Channel;
  readonly controls: ChartControls;
  /** The moment of an alarm, where the page was opened for that. */
  readonly moment: AlarmMoment | null;
}

/** What a sensor said: the chart, the outputs that act on it, and all of it in words. */
export function ChannelHistory({ channel, controls, moment }: ChannelHistoryProps): JSX.Element {
  const { t } = useTranslation<"channel", "common" | "alarms">(["channel", "common"]);
  const formats = useFormats();
  const [isComparing, setIsComparing] = useState(false);
  const [axis, setAxis] = useState<"limits" | "close">("limits");
  const channels = useMemo(() => [channel], [channel]);
  const { byChannel, isLoading, problem, retry } = useHistories(channels, controls.view, isComparing);
  const loops = useTank((tank) => tank.loops);
  const tied = useMemo(() => outputsTiedTo(channel.id, loops.values()), [channel.id, loops]);
  const history = byChannel.get(channel.id);
  const lines = useMemo(
    () => (history === undefined ? [] : [{ id: channel.id, label: channel.name, color: 1, ...history }]),
    [history, channel.id, channel.name],
  );
  const display = formats.unitOf(channel.quantity, channel.unit);
  const { extent } = controls;
  const alarms = useAlarms((a) => a.alarms);
  const setpoints = useMemo(() => setpointsOf(channel.id, alarms.values()), [channel.id, alarms]);
  const events = useMemo(() => (moment === null ? [] : [{ atMs: moment.atMs, value: moment.limit }]), [moment]);
  const isEmpty = history !== undefined && pointsWithin(history.series, extent.fromMs, extent.toMs).length === 0;
  return (
    <>
      {problem !== null && <HistoryProblem problem={problem} onRetry={retry} />}
      {history === undefined && problem === null && <Loading lines={6} />}
      {isEmpty && !isLoading && problem === null && (
        <Empty title={t("chart.empty")}>
          {t("chart.emptyHelp", {
            from: instantWords(extent.fromMs, extent, formats),
            to: instantWords(extent.toMs, extent, formats),
          })}
        </Empty>
      )}
      {history !== undefined && (!isEmpty || isLoading) && (
        <HistoryChart
          lines={lines}
          display={display}
          limits={channel.limits}
          isWithLimits={axis === "limits"}
          setpoints={setpoints}
          setpoint={moment?.limit ?? null}
          events={events}
          controls={controls}
        />
      )}
      <Lanes tied={tied} controls={controls} />
      {history !== undefined && !isEmpty && (
        <>
          <div className={styles["options"]}>
            {channel.limits !== null && (
              <div className={styles["axis"]}>
                <Segmented
                  label={t("chart.axis")}
                  value={axis}
                  onChange={setAxis}
                  choices={[
                    { value: "limits", text: t("chart.withLimits") },
                    { value: "close", text: t("chart.closeUp") },
                  ]}
                />
              </div>
            )}
            <Switch isSelected={isComparing} onChange={setIsComparing}>
              {t("chart.compare")}
            </Switch>
          </div>
          {moment !== null && moment.limit !== null && (
            <p className={styles["note"]}>{t("alarms:channel.limit")}</p>
          )}
          <p className={styles["note"]}>{noteWords(history.series)}</p>
          <ChartWords
            name={channel.name}
            series={history.series}
            display={display}
            limits={channel.limits}
            extent={extent}
          />
        </>
      )}
    </>
  );

  function noteWords({ points, stepMs }: Series): string {
    const isFolded = points.some(({ widthMs }) => widthMs > 0);
    return [
      isLoading ? t("chart.loading") : null,
      isFolded ? t("chart.resolution.folded", { step: formats.duration(stepMs) }) : t("chart.resolution.raw"),
      controls.view.kind === "last" ? t("chart.following") : null,
      t("common:tankZone", { zone: formats.timeZone }),
      t("chart.hint"),
    ]
      .filter((words) => words !== null)
      .join(" · ");
  }
}
