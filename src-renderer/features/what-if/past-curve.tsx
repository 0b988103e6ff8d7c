import { Maximize2 } from "lucide-react";
import { type JSX, useMemo } from "react";
import type { Channel, Limits } from "#contract/channels.ts";
import { HistoryChart } from "../../charts/history-chart.tsx";
import { HistoryProblem } from "../../charts/history-problem.tsx";
import type { ChartLine } from "../../charts/picture.ts";
import type { Series } from "../../charts/series.ts";
import type { ChartControls } from "../../charts/use-chart.ts";
import { useHistories } from "../../charts/use-histories.ts";
import type { Extent } from "../../charts/view.ts";
import { Button } from "../../components/button.tsx";
import { Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { Ring } from "./preview-view.ts";
import styles from "./what-if.module.css";

interface PastCurveProps {
  readonly channel: Channel;
  readonly whole: Extent;
  readonly controls: ChartControls;
  readonly limits: Limits | null;
  /** What would have been held, drawn as a band. Stable between renders. */
  readonly held?: (extent: Extent) => Series;
  /** Marked on the curve. Stable between renders. */
  readonly rings?: readonly Ring[];
}

const HELD_COLOR = 3;

/** What was recorded of the probe that decides, with what was tried drawn over it. */
export function PastCurve({ channel, whole, controls, limits, held, rings }: PastCurveProps): JSX.Element {
  const { t } = useTranslation(["whatIf", "channel"]);
  const formats = useFormats();
  const channels = useMemo(() => [channel], [channel]);
  const { byChannel, problem, retry } = useHistories(channels, controls.view, false);
  const history = byChannel.get(channel.id);
  const { extent } = controls;
  const events = useMemo(() => rings?.map(({ fromMs, value }) => ({ atMs: fromMs, value })), [rings]);
  const lines = useMemo((): readonly ChartLine[] => {
    if (history === undefined) return [];
    const read = { id: channel.id, label: channel.name, color: 1, ...history };
    if (held === undefined) return [read];
    return [read, { id: "held", label: t("held"), color: HELD_COLOR, series: held(extent), previous: null }];
  }, [history, channel.id, channel.name, held, extent, t]);
  const isZoomed = extent.fromMs > whole.fromMs || extent.toMs < whole.toMs;
  return (
    <>
      <div className={styles["curve-head"]}>
        <h3>{channel.name}</h3>
        {isZoomed && (
          <Button kind="quiet" onPress={() => controls.setExtent(whole)}>
            <Maximize2 aria-hidden="true" />
            {t("wholeSpan")}
          </Button>
        )}
      </div>
      {problem !== null && <HistoryProblem problem={problem} onRetry={retry} />}
      {history === undefined && problem === null && <Loading lines={5} />}
      {history !== undefined && history.series.points.length === 0 && (
        <p className={styles["note"]}>{t("channel:chart.empty")}</p>
      )}
      {history !== undefined && history.series.points.length > 0 && (
        <HistoryChart
          lines={lines}
          display={formats.unitOf(channel.quantity, channel.unit)}
          limits={limits}
          isWithLimits
          controls={controls}
          {...(events === undefined ? {} : { events })}
        />
      )}
    </>
  );
}
