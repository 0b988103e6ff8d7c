import type { JSX } from "react";
import { useFormats } from "../i18n/formats.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { dutyPct, laneBoxes, laneLevelAt } from "./lane-view.ts";
import styles from "./output-lane.module.css";
import type { ChartControls } from "./use-chart.ts";
import type { LaneSpan } from "./use-lanes.ts";

interface OutputLaneProps {
  readonly name: string;
  /** undefined: not answered yet. */
  readonly spans: readonly LaneSpan[] | undefined;
  readonly controls: ChartControls;
}

const FULL_PCT = 100;

/** When an output was on, under the chart and on its time axis. */
export function OutputLane({ name, spans, controls }: OutputLaneProps): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const { extent, cursorMs, view } = controls;
  const isLive = view.kind === "last";
  const level = cursorMs === null || spans === undefined ? undefined : laneLevelAt(spans, cursorMs);
  const duty = spans === undefined ? null : dutyPct(spans, extent, isLive);
  const cursorPct = cursorMs === null ? null : share(cursorMs, extent);
  const dutyWords =
    duty === null
      ? t("lanes.nothing")
      : t("lanes.duty", { pct: formats.number(duty, duty > 0 && duty < 10 ? 1 : 0) });
  return (
    <div className={styles["lane"]}>
      <div className={styles["words"]}>
        <span>{name}</span>
        <span className={styles["duty"]}>{level === undefined ? dutyWords : levelWords(level)}</span>
      </div>
      <svg className={styles["track"]} aria-hidden="true">
        {laneBoxes(spans ?? [], extent, isLive).map((box) => (
          <rect
            key={box.key}
            className={styles[box.levelPct === null ? "unknown" : "on"]}
            x={`${box.leftPct}%`}
            width={`${Math.max(box.widthPct, 0.1)}%`}
            height="100%"
            fillOpacity={box.levelPct === null ? 1 : Math.max(0.2, box.levelPct / FULL_PCT)}
          />
        ))}
        {cursorPct !== null && (
          <line className={styles["cursor"]} x1={`${cursorPct}%`} x2={`${cursorPct}%`} y1="0" y2="100%" />
        )}
      </svg>
    </div>
  );

  function levelWords(levelPct: number | null): string {
    if (levelPct === null) return t("lanes.unknown");
    if (levelPct === 0) return t("output.off");
    return levelPct === FULL_PCT ? t("output.on") : t("output.at", { level: formats.number(levelPct, 0) });
  }
}

function share(atMs: number, { fromMs, toMs }: ChartControls["extent"]): number {
  return ((atMs - fromMs) / (toMs - fromMs)) * FULL_PCT;
}
