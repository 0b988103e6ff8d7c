import type { Calibration } from "#contract/channels.ts";

/** Turns what the device said into the quantity's stored unit. */
export type Calibrate = (raw: number) => number;

interface Point {
  readonly raw: number;
  readonly actual: number;
}

/**
 * Makes a channel's calibration ready for the hot path.
 *
 * None: the raw value. One point or an offset: shifted. Two points: a line. Three: two lines that meet at the middle
 * point; the outer ones go on beyond their ends. The answer may be infinite or NaN for absurd points: the caller checks.
 */
export function calibratorFor(calibration: Calibration | null): Calibrate {
  if (calibration === null) return (raw) => raw;
  if ("offset" in calibration) return shiftedBy(calibration.offset);
  const [low, middle, high] = calibration.points.toSorted((a, b) => a.raw - b.raw);
  if (low === undefined) return (raw) => raw;
  if (middle === undefined) return shiftedBy(low.actual - low.raw);
  const lower = lineThrough(low, middle);
  if (high === undefined) return lower;
  const upper = lineThrough(middle, high);
  return (raw) => (raw < middle.raw ? lower(raw) : upper(raw));
}

function shiftedBy(offset: number): Calibrate {
  return (raw) => raw + offset;
}

function lineThrough(a: Point, b: Point): Calibrate {
  const slope = (b.actual - a.actual) / (b.raw - a.raw);
  return (raw) => a.actual + slope * (raw - a.raw);
}
