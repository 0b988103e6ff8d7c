import type { Quantity } from "#contract/quantities.ts";
import type { TrendPoint } from "../../stores/trends.ts";

/** How a value moved, by the straight line that fits its readings best (least squares). */
export interface Trend {
  /** What it changed by over the span, in the stored unit. */
  readonly change: number;
  readonly spanMs: number;
  /** `restless`: to and fro, by more than it went anywhere. */
  readonly direction: "steady" | "rising" | "falling" | "restless";
}

/** With less behind it a trend would be a guess. */
const LEAST_SPAN_MS = 600_000;
const LEAST_POINTS = 10;

/** What a keeper would call no change over an hour, in the stored unit: about the noise of an ordinary probe. */
const STEADY: Readonly<Partial<Record<Quantity, number>>> = {
  temperature: 0.1,
  "controller-temperature": 1.5,
  ph: 0.03,
  orp: 5,
  salinity: 0.2,
  conductivity: 0.3,
  "dissolved-oxygen": 0.2,
  level: 2,
  humidity: 2,
  voltage: 0.5,
};
/** Where the quantity does not say: a share of the value itself. */
const STEADY_FRACTION = 0.03;

/** The change that is no change, for a value of about this much. */
export function steadyBand(quantity: Quantity, value: number): number {
  return STEADY[quantity] ?? Math.abs(value) * STEADY_FRACTION;
}

/** @param points oldest first @returns null: too little is known to say anything */
export function trendOf(points: readonly TrendPoint[], quantity: Quantity): Trend | null {
  const good = points.filter((point): point is { atMs: number; value: number } => point.value !== null);
  const first = good[0];
  const last = good.at(-1);
  if (first === undefined || last === undefined || good.length < LEAST_POINTS) return null;
  const spanMs = last.atMs - first.atMs;
  if (spanMs < LEAST_SPAN_MS) return null;
  const line = fittedLine(good);
  const change = line.slopePerMs * spanMs;
  return { change, spanMs, direction: directionOf(change, line, steadyBand(quantity, line.mean)) };
}

function directionOf(change: number, { scatter }: Line, band: number): Trend["direction"] {
  // A change that is lost in the scatter around the line is none.
  if (Math.abs(change) >= Math.max(band, scatter)) return change > 0 ? "rising" : "falling";
  return scatter > band ? "restless" : "steady";
}

interface Line {
  readonly slopePerMs: number;
  readonly mean: number;
  /** Standard deviation of the values around the line. */
  readonly scatter: number;
}

function fittedLine(points: readonly { readonly atMs: number; readonly value: number }[]): Line {
  const count = points.length;
  const meanAtMs = points.reduce((sum, { atMs }) => sum + atMs, 0) / count;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / count;
  let timesValue = 0;
  let timeSquared = 0;
  let valueSquared = 0;
  for (const { atMs, value } of points) {
    timesValue += (atMs - meanAtMs) * (value - mean);
    timeSquared += (atMs - meanAtMs) ** 2;
    valueSquared += (value - mean) ** 2;
  }
  const slopePerMs = timesValue / timeSquared;
  const scatter = Math.sqrt(Math.max(0, valueSquared - slopePerMs * timesValue) / count);
  return { slopePerMs, mean, scatter };
}
