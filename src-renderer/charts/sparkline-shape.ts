import type { Limits } from "#contract/channels.ts";
import type { TrendPoint } from "../stores/trends.ts";

/** What a sparkline shows. Values are in the channel's stored unit. */
export interface SparklineData {
  /** Oldest first; a null value breaks the line. */
  readonly points: readonly TrendPoint[];
  readonly limits: Limits | null;
  /** The right edge, epoch ms. */
  readonly endMs: number;
  readonly spanMs: number;
  /** The least the height stands for, so that noise looks like noise. */
  readonly leastSpan: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface SparklineShape {
  /** Unbroken runs: x0, y0, x1, y1 …, px from the top left. */
  readonly runs: readonly (readonly number[])[];
  /** Heights of the limits that are near enough to be drawn, px. */
  readonly limitYs: readonly number[];
}

/** Room for half the line's width at the edges, px. */
const MARGIN_PX = 2;
/** A limit farther from the values than so many times what they span would press the line flat. */
const NEAR_SPANS = 2;

/** Where the line and its limits lie in a box of this size. */
export function sparklineShapeFrom(data: SparklineData, { width, height }: Size): SparklineShape {
  const startMs = data.endMs - data.spanMs;
  const shown = data.points.filter(({ atMs }) => atMs >= startMs && atMs <= data.endMs);
  const range = rangeOf(shown, data);
  if (range === null) return { runs: [], limitYs: [] };
  const { low, high, limits } = range;
  const usable = height - 2 * MARGIN_PX;
  const yOf = (value: number): number => MARGIN_PX + (1 - (value - low) / (high - low)) * usable;
  const xOf = (atMs: number): number => ((atMs - startMs) / data.spanMs) * width;
  const runs: number[][] = [];
  let run: number[] | null = null;
  for (const { atMs, value } of shown) {
    if (value === null) {
      run = null;
      continue;
    }
    if (run === null) {
      run = [];
      runs.push(run);
    }
    run.push(xOf(atMs), yOf(value));
  }
  return { runs, limitYs: limits.map(yOf) };
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** Those within it. */
  readonly limits: readonly number[];
}

function rangeOf(points: readonly TrendPoint[], { limits, leastSpan }: SparklineData): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { value } of points) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return null;
  const reach = NEAR_SPANS * Math.max(high - low, leastSpan);
  const near =
    limits === null ? [] : [limits.min, limits.max].filter((l) => l >= low - reach && l <= high + reach);
  low = Math.min(low, ...near);
  high = Math.max(high, ...near);
  const missing = Math.max(0, leastSpan - (high - low));
  return { low: low - missing / 2, high: high + missing / 2, limits: near };
}
