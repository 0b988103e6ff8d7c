import type { Limits } from "#contract/channels.ts";
import { type DisplayUnit, toShown } from "../i18n/units.ts";
import { middleOf, pointsWithin, readingAt, runsOf, type Series } from "./series.ts";
import type { Extent } from "./view.ts";

/** One channel's line in a chart. */
export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** Which of the theme's series colors, from 1. */
  readonly color: number;
  readonly series: Series;
  /** The span before, moved under this one; null: not compared. */
  readonly previous: Series | null;
}

/** A point as the chart library takes it; NaN breaks the line. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

export interface DrawnBand {
  readonly color: number;
  /** Each a run without a gap: instant, lowest, highest. */
  readonly runs: readonly (readonly { readonly x: number; readonly low: number; readonly high: number }[])[];
}

export interface DrawnLine {
  readonly color: number;
  readonly isPrevious: boolean;
  readonly points: DrawnPoint[];
}

/** What a chart shows, in the keeper's unit. */
export interface Picture {
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
  readonly limits: readonly number[];
  readonly lowest: number;
  readonly highest: number;
}

export interface PictureParts {
  readonly lines: readonly ChartLine[];
  readonly display: DisplayUnit;
  readonly extent: Extent;
  readonly limits: Limits | null;
  /** Whether the axis reaches as far as the limits, whatever was read. */
  readonly isWithLimits: boolean;
  /** Where alarms ring, in the stored unit: drawn like limits where they are in view. */
  readonly setpoints?: readonly number[];
  /** The one that is asked about: in view in any case. */
  readonly setpoint?: number | null;
}

/** Room above and below, as a share of what is shown. */
const ROOM = 0.08;
/** A flat line is not blown up to noise: at least so many of the last decimal from bottom to top. */
const LEAST_STEPS = 12;

export function pictureOf(parts: PictureParts): Picture {
  const { lines, display, extent, limits, isWithLimits, setpoints = [], setpoint = null } = parts;
  const drawn = lines.flatMap(({ color, series, previous }) => [
    ...(previous === null ? [] : [{ color, isPrevious: true, points: drawnPoints(previous, display) }]),
    { color, isPrevious: false, points: drawnPoints(series, display) },
  ]);
  const shownLimits = limits === null ? [] : [limits.min, limits.max].map((limit) => toShown(limit, display));
  const values = [
    ...lines.flatMap(({ series, previous }) =>
      [series, ...(previous === null ? [] : [previous])].flatMap(extremesIn(extent)),
    ),
  ].map((value) => toShown(value, display));
  const reached = [...values, ...(setpoint === null ? [] : [toShown(setpoint, display)])];
  const rings = [...setpoints, ...(setpoint === null ? [] : [setpoint])].map((limit) => toShown(limit, display));
  return {
    lines: drawn,
    bands: lines.map(({ color, series }) => ({ color, runs: bandOf(series, display) })),
    limits: [...new Set([...shownLimits, ...rings])],
    ...axisFor(isWithLimits || values.length === 0 ? [...reached, ...shownLimits] : reached, display),
  };
}

function extremesIn({ fromMs, toMs }: Extent): (series: Series) => readonly number[] {
  return (series) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { min, max } of pointsWithin(series, fromMs, toMs)) {
      low = Math.min(low, min);
      high = Math.max(high, max);
    }
    return low <= high ? [low, high] : [];
  };
}

function axisFor(values: readonly number[], { decimals }: DisplayUnit): { lowest: number; highest: number } {
  if (values.length === 0) return { lowest: 0, highest: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const least = LEAST_STEPS * 10 ** -decimals;
  const middle = (low + high) / 2;
  const half = (Math.max(high - low, least) * (1 + 2 * ROOM)) / 2;
  return { lowest: middle - half, highest: middle + half };
}

function drawnPoints(series: Series, display: DisplayUnit): DrawnPoint[] {
  const points: DrawnPoint[] = [];
  for (const run of runsOf(series)) {
    const first = run[0];
    if (first === undefined) continue;
    if (points.length > 0) points.push({ x: middleOf(first), y: Number.NaN });
    for (const point of run) points.push({ x: middleOf(point), y: toShown(point.mean, display) });
    // A line needs two ends: a lone reading is drawn as long as it speaks for.
    if (run.length === 1) points.push({ x: middleOf(first) + series.stepMs / 2, y: toShown(first.mean, display) });
  }
  return points;
}

function bandOf(series: Series, display: DisplayUnit): DrawnBand["runs"] {
  return runsOf(series)
    .filter((run) => run.some(({ min, max }) => min < max))
    .map((run) =>
      run.map((point) => ({
        x: middleOf(point),
        low: toShown(point.min, display),
        high: toShown(point.max, display),
      })),
    );
}

/** Where a cursor snaps to: the nearest instant of any line; the instant itself where nothing is near. */
export function snapped(lines: readonly ChartLine[], atMs: number): number {
  let best = Number.NaN;
  for (const { series } of lines) {
    const point = readingAt(series, atMs);
    if (point === null) continue;
    const middleMs = middleOf(point);
    if (Number.isNaN(best) || Math.abs(middleMs - atMs) < Math.abs(best - atMs)) best = middleMs;
  }
  return Number.isNaN(best) ? atMs : best;
}
