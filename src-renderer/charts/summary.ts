import type { Limits } from "#contract/channels.ts";
import { middleOf, pointsWithin, runsOf, type Series, type SeriesPoint } from "./series.ts";
import type { Extent } from "./view.ts";

/** A history in numbers, in the channel's stored unit: what a chart says to who does not see it. */
export interface Summary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** From the first reading to the last. */
  readonly change: number;
  readonly gapCount: number;
  readonly longestGapMs: number;
  /** About how long it was outside; null: there are no limits. */
  readonly outsideMs: number | null;
}

/** @returns null where nothing was read in the span */
export function summaryOf(series: Series, extent: Extent, limits: Limits | null): Summary | null {
  const points = pointsWithin(series, extent.fromMs, extent.toMs);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const gaps = gapsIn({ ...series, points });
  const count = points.reduce((sum, point) => sum + point.count, 0);
  return {
    min: points.reduce((low, point) => Math.min(low, point.min), Number.POSITIVE_INFINITY),
    max: points.reduce((high, point) => Math.max(high, point.max), Number.NEGATIVE_INFINITY),
    mean: points.reduce((sum, point) => sum + point.mean * point.count, 0) / count,
    change: last.mean - first.mean,
    gapCount: gaps.length,
    longestGapMs: Math.max(0, ...gaps),
    outsideMs: limits === null ? null : outsideOf(series, points, limits),
  };
}

function gapsIn(series: Series): readonly number[] {
  const runs = runsOf(series);
  return runs.slice(1).map((run, index) => (run[0]?.atMs ?? 0) - endOf(runs[index]?.at(-1)));
}

function endOf(point: SeriesPoint | undefined): number {
  return point === undefined ? 0 : point.atMs + point.widthMs;
}

function outsideOf({ stepMs }: Series, points: readonly SeriesPoint[], { min, max }: Limits): number {
  return points.filter(({ mean }) => mean < min || mean > max).length * stepMs;
}

export interface TableRow {
  readonly atMs: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** A history in at most so many rows, each of an equal part of the span; parts without a reading have none. */
export function tableRows(series: Series, { fromMs, toMs }: Extent, rowCount: number): readonly TableRow[] {
  const widthMs = (toMs - fromMs) / rowCount;
  const rows = new Map<number, { atMs: number; min: number; max: number; sum: number; count: number }>();
  for (const point of pointsWithin(series, fromMs, toMs)) {
    const index = Math.min(rowCount - 1, Math.max(0, Math.floor((middleOf(point) - fromMs) / widthMs)));
    const row = rows.get(index);
    const sum = point.mean * point.count;
    if (row === undefined) {
      rows.set(index, { atMs: fromMs + index * widthMs, min: point.min, max: point.max, sum, count: point.count });
      continue;
    }
    row.min = Math.min(row.min, point.min);
    row.max = Math.max(row.max, point.max);
    row.sum += sum;
    row.count += point.count;
  }
  return [...rows.values()].map(({ atMs, min, max, sum, count }) => ({ atMs, min, max, mean: sum / count }));
}
