import type { History, HistoryPoint } from "#contract/history.ts";

/** One drawn point of a history, in the channel's stored unit: a reading, or what several were between them. */
export interface SeriesPoint {
  readonly atMs: number;
  /** The readings' span it stands for, ms; 0 for a single one. */
  readonly widthMs: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly count: number;
}

export interface Series {
  readonly points: readonly SeriesPoint[];
  /** How far points are apart where nothing is missing, ms. */
  readonly stepMs: number;
  readonly resolution: History["resolution"];
}

/** Points farther apart than so many steps have a gap between them. */
const GAP_STEPS = 3;

export function seriesFrom(
  { points, resolution }: Pick<History, "points" | "resolution">,
  pollMs: number,
): Series {
  const isFolded = points.some(({ count }) => count > 1);
  const stepMs = isFolded
    ? typicalStep(
        points.map(({ at }) => Date.parse(at)),
        pollMs,
      )
    : pollMs;
  return { stepMs, resolution, points: points.map((point) => pointFrom(point, isFolded ? stepMs : 0)) };
}

function pointFrom({ at, ...values }: HistoryPoint, widthMs: number): SeriesPoint {
  return { atMs: Date.parse(at), widthMs, ...values };
}

/** The median distance; `fallbackMs` where there are too few to tell. */
function typicalStep(instants: readonly number[], fallbackMs: number): number {
  const distances = instants.slice(1).map((atMs, index) => atMs - (instants[index] ?? atMs));
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? fallbackMs;
}

/**
 * With one more good reading at its end. Where points stand for spans it goes into the last one as long as that lasts.
 * @returns the same series where the reading is not newer than what is there
 */
export function withReading(
  series: Series,
  { atMs, value }: { readonly atMs: number; readonly value: number },
): Series {
  const last = series.points.at(-1);
  const newest = last === undefined ? Number.NEGATIVE_INFINITY : last.atMs + Math.max(0, last.widthMs - 1);
  const isFolded = last !== undefined && last.widthMs > 0;
  if (isFolded && atMs > last.atMs && atMs <= newest) {
    return { ...series, points: [...series.points.slice(0, -1), folded(last, value)] };
  }
  if (atMs <= newest) return series;
  const widthMs = isFolded ? series.stepMs : 0;
  // Where the one before ended: cells stand side by side, whenever their readings were.
  const startMs = isFolded ? last.atMs + Math.floor((atMs - last.atMs) / widthMs) * widthMs : atMs;
  return {
    ...series,
    points: [...series.points, { atMs: startMs, widthMs, min: value, max: value, mean: value, count: 1 }],
  };
}

function folded(cell: SeriesPoint, value: number): SeriesPoint {
  const count = cell.count + 1;
  return {
    ...cell,
    count,
    min: Math.min(cell.min, value),
    max: Math.max(cell.max, value),
    mean: cell.mean + (value - cell.mean) / count,
  };
}

export function pointsWithin(series: Series, fromMs: number, toMs: number): readonly SeriesPoint[] {
  const { points } = series;
  const first = points.findIndex((point) => point.atMs + point.widthMs >= fromMs);
  if (first < 0) return [];
  const end = points.findLastIndex((point) => point.atMs <= toMs);
  return first === 0 && end === points.length - 1 ? points : points.slice(first, end + 1);
}

/** Runs of points with nothing missing between them, in order. A gap is a gap: nothing is drawn over it. */
export function runsOf({ points, stepMs }: Series): readonly (readonly SeriesPoint[])[] {
  const runs: SeriesPoint[][] = [];
  let run: SeriesPoint[] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined && isGap(points, index, stepMs)) {
      runs.push(run);
      run = [];
    }
    run.push(point);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Readings that always came more slowly than they do now are no gaps: both neighbours' distances count. */
function isGap(points: readonly SeriesPoint[], index: number, stepMs: number): boolean {
  const at = (i: number) => points[i]?.atMs ?? Number.NaN;
  const distanceMs = at(index) - at(index - 1);
  if (distanceMs <= GAP_STEPS * stepMs) return false;
  const around = [at(index - 1) - at(index - 2), at(index + 1) - at(index)].filter((ms) => !Number.isNaN(ms));
  const usualMs = around.length === 0 ? 0 : Math.min(...around);
  return distanceMs > GAP_STEPS * usualMs;
}

/** The point whose middle is nearest to an instant; null where there is none. */
export function nearestTo(points: readonly SeriesPoint[], atMs: number): SeriesPoint | null {
  const after = indexFrom(points, atMs);
  const [left, right] = [points[after - 1], points[after]];
  if (left === undefined || right === undefined) return left ?? right ?? null;
  return atMs - middleOf(left) < middleOf(right) - atMs ? left : right;
}

/** What a series says at an instant: the reading nearest to it; null in a gap, before the first and after the last. */
export function readingAt(series: Series, atMs: number): SeriesPoint | null {
  const { points, stepMs } = series;
  const nearest = nearestTo(points, atMs);
  if (nearest === null) return null;
  const after = indexFrom(points, atMs);
  const isBetween = after > 0 && after < points.length && !isGap(points, after, stepMs);
  const reachMs = Math.max(nearest.widthMs, stepMs) * REACH_STEPS;
  return isBetween || Math.abs(middleOf(nearest) - atMs) <= reachMs ? nearest : null;
}

/** How far beside a gap a reading still speaks. */
const REACH_STEPS = 1.5;

/** The index of the first point whose middle is not before an instant. */
function indexFrom(points: readonly SeriesPoint[], atMs: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (middleOf(points[middle]) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a point is drawn. */
export function middleOf(point: SeriesPoint | undefined): number {
  return point === undefined ? Number.NaN : point.atMs + point.widthMs / 2;
}

/** The same readings so much later, to lie under those that came after. */
export function shifted(series: Series, byMs: number): Series {
  return { ...series, points: series.points.map((point) => ({ ...point, atMs: point.atMs + byMs })) };
}
