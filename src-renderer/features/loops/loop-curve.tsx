import { type JSX, useMemo } from "react";
import type { Channel, Limits } from "#contract/channels.ts";
import { HistoryChart } from "../../charts/history-chart.tsx";
import { HistoryProblem } from "../../charts/history-problem.tsx";
import { Lanes } from "../../charts/lanes.tsx";
import type { ChartLine } from "../../charts/picture.ts";
import { RangeBar } from "../../charts/range-bar.tsx";
import type { Series } from "../../charts/series.ts";
import { useChart } from "../../charts/use-chart.ts";
import { useHistories } from "../../charts/use-histories.ts";
import { type Extent, lastOf } from "../../charts/view.ts";
import { Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import styles from "./loop-curve.module.css";

interface LoopCurveProps {
  /** What the loop goes by; null or unknown: not chosen yet. */
  readonly channelId: string | null;
  /** Where it begins to act and where it ends, in the stored unit; null: nowhere fixed. */
  readonly limits?: Limits | null;
  /** What it holds over a span, drawn as a band. Stable between renders. */
  readonly held?: (extent: Extent) => Series;
  readonly outputIds: readonly string[];
}

const HELD_COLOR = 3;

/** The last day of what a loop goes by, with what it is to hold drawn over it as it is typed. */
export function LoopCurve(props: LoopCurveProps): JSX.Element {
  const { t } = useTranslation("control");
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === props.channelId);
  return (
    <section className={styles["curve"]} aria-label={t("curve.title")}>
      <h2>{channel === undefined ? t("curve.title") : t("curve.of", { name: channel.name })}</h2>
      {channel === undefined ? (
        <p className={styles["note"]}>{t("curve.choose")}</p>
      ) : (
        <Curve key={channel.id} {...props} channel={channel} />
      )}
    </section>
  );
}

function Curve({
  channel,
  limits = null,
  held,
  outputIds,
}: LoopCurveProps & { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const controls = useChart(lastOf("24h"));
  const channels = useMemo(() => [channel], [channel]);
  const { byChannel, isLoading, problem, retry } = useHistories(channels, controls.view, false);
  const history = byChannel.get(channel.id);
  const { extent } = controls;
  const lines = useMemo((): readonly ChartLine[] => {
    if (history === undefined) return [];
    const read = { id: channel.id, label: channel.name, color: 1, ...history };
    if (held === undefined) return [read];
    const line = { id: "held", label: t("curve.held"), color: HELD_COLOR, series: held(extent), previous: null };
    return [read, line];
  }, [history, channel.id, channel.name, held, extent, t]);
  const isEmpty = history?.series.points.length === 0;
  return (
    <>
      <RangeBar controls={controls} />
      {problem !== null && <HistoryProblem problem={problem} onRetry={retry} />}
      {history === undefined && problem === null && <Loading lines={5} />}
      {isEmpty && !isLoading && <p className={styles["note"]}>{t("curve.nothing")}</p>}
      {history !== undefined && !isEmpty && (
        <HistoryChart
          lines={lines}
          display={formats.unitOf(channel.quantity, channel.unit)}
          limits={limits}
          isWithLimits
          controls={controls}
        />
      )}
      <Lanes tied={outputIds} controls={controls} />
    </>
  );
}
