import { type JSX, type KeyboardEvent, useId, useMemo } from "react";
import type { Limits } from "#contract/channels.ts";
import { useFormats } from "../i18n/formats.ts";
import { type DisplayUnit, toShown } from "../i18n/units.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { type CanvasCursor, ChartCanvas } from "./chart-canvas.tsx";
import { type ChartKey, chartKeyOf } from "./chart-keys.ts";
import styles from "./history-chart.module.css";
import { instantWords } from "./instant-words.ts";
import { type ChartLine, pictureOf, snapped } from "./picture.ts";
import { Readout } from "./readout.tsx";
import { middleOf, pointsWithin, readingAt } from "./series.ts";
import { labelledTicks } from "./tick-labels.ts";
import type { ChartControls } from "./use-chart.ts";
import { panned, zoomed } from "./view.ts";

interface HistoryChartProps {
  readonly lines: readonly ChartLine[];
  readonly display: DisplayUnit;
  readonly limits: Limits | null;
  readonly isWithLimits: boolean;
  /** Where alarms ring, in the stored unit. Stable between renders. */
  readonly setpoints?: readonly number[];
  /** The one that is asked about; null: none is. */
  readonly setpoint?: number | null;
  /** What happened when, marked on the curve; in the stored unit, null where no value belongs to it. Stable between renders. */
  readonly events?: readonly { readonly atMs: number; readonly value: number | null }[];
  readonly controls: ChartControls;
}

/**
 * Histories of one unit: mean lines in their bands, limits, a cursor that says all values. To a keyboard and to a
 * screen reader it is a slider over time that says what was read where it stands.
 */
export function HistoryChart(props: HistoryChartProps): JSX.Element {
  const { lines, display, limits, isWithLimits, events = NO_EVENTS, controls } = props;
  const { setpoints = NO_SETPOINTS, setpoint = null } = props;
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const keysId = useId();
  const { extent, cursorMs, setCursor, setExtent } = controls;
  const { language, timeZone, number } = formats;
  const content = useMemo(
    () => ({
      picture: pictureOf({ lines, display, extent, limits, isWithLimits, setpoints, setpoint }),
      extent,
      events: events.map(({ atMs, value }) => ({
        atMs,
        y: value === null ? Number.NaN : toShown(value, display),
      })),
      ticks: (seen: typeof extent, atMost: number) => labelledTicks(seen, atMost, { language, timeZone }),
      value: number,
    }),
    [lines, display, extent, limits, isWithLimits, setpoints, setpoint, events, language, timeZone, number],
  );
  const cursor = useMemo(() => cursorOf(lines, display, cursorMs), [lines, display, cursorMs]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const key = chartKeyOf(event);
    if (key === null) return;
    event.preventDefault();
    applyKey(key, lines, controls);
  };
  const words = (atMs: number): string => instantWords(atMs, extent, formats);
  return (
    <div className={styles["chart"]}>
      <Readout lines={lines} display={display} controls={controls} />
      <div
        className={styles["slider"]}
        role="slider"
        tabIndex={0}
        aria-label={t("chart.label", { names: lines.map(({ label }) => label).join(", ") })}
        aria-describedby={keysId}
        aria-valuemin={Math.round(extent.fromMs)}
        aria-valuemax={Math.round(extent.toMs)}
        aria-valuenow={Math.round(cursorMs ?? extent.toMs)}
        aria-valuetext={
          cursorMs === null
            ? `${words(extent.fromMs)} – ${words(extent.toMs)}`
            : [words(cursorMs), ...lines.map((line) => spoken(line, cursorMs))].join(", ")
        }
        onKeyDown={onKeyDown}
      >
        <ChartCanvas
          content={content}
          cursor={cursor}
          onExtent={setExtent}
          onPoint={(atMs) => setCursor(atMs === null ? null : snapped(lines, atMs))}
        />
      </div>
      <p id={keysId} className={styles["heard"]}>
        {t("chart.keys")}
      </p>
    </div>
  );

  function spoken({ label, series }: ChartLine, atMs: number): string {
    const point = readingAt(series, atMs);
    const value = point === null ? t("chart.nothingHere") : formats.valueWithUnit(point.mean, display);
    return lines.length === 1 ? value : `${label} ${value}`;
  }
}

const NO_SETPOINTS: readonly number[] = [];
const NO_EVENTS: NonNullable<HistoryChartProps["events"]> = [];

function applyKey(key: ChartKey, lines: readonly ChartLine[], controls: ChartControls): void {
  const { extent, cursorMs, setExtent, setCursor } = controls;
  switch (key.act) {
    case "pan":
      setExtent(panned(extent, key.fraction));
      break;
    case "zoom":
      setExtent(zoomed(extent, key.factor, cursorMs ?? (extent.fromMs + extent.toMs) / 2));
      break;
    case "jump":
      setCursor(endOf(lines, controls, key.to));
      break;
    case "step":
      setCursor(nextOf(lines, controls, key.by));
      break;
    case "clear":
      setCursor(null);
  }
}

function cursorOf(
  lines: readonly ChartLine[],
  display: DisplayUnit,
  cursorMs: number | null,
): CanvasCursor | null {
  if (cursorMs === null) return null;
  const marks = lines.flatMap(({ series, color }) => {
    const point = readingAt(series, cursorMs);
    return point === null ? [] : [{ y: toShown(point.mean, display), color }];
  });
  return { atMs: cursorMs, marks };
}

function instantsIn(lines: readonly ChartLine[], { extent }: ChartControls): readonly number[] {
  const first = lines[0];
  return first === undefined ? [] : pointsWithin(first.series, extent.fromMs, extent.toMs).map(middleOf);
}

function endOf(lines: readonly ChartLine[], controls: ChartControls, to: "first" | "last"): number | null {
  return instantsIn(lines, controls).at(to === "first" ? 0 : -1) ?? null;
}

/** The reading beside the cursor; without a cursor, the last one. */
function nextOf(lines: readonly ChartLine[], controls: ChartControls, by: -1 | 1): number | null {
  const { cursorMs } = controls;
  const instants = instantsIn(lines, controls);
  if (cursorMs === null) return instants.at(-1) ?? null;
  const next = by > 0 ? instants.find((atMs) => atMs > cursorMs) : instants.findLast((atMs) => atMs < cursorMs);
  return next ?? cursorMs;
}
