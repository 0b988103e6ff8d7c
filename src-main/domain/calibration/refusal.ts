import type { Calibration } from "#contract/channels.ts";
import type { Quantity } from "#contract/quantities.ts";

/** Nernst slope of a glass electrode at 25 °C, mV per pH: positive in acid, 0 at pH 7. */
const NERNST_MV_PER_PH = 59.16;
/** A healthy electrode's share of it; older or fouled ones fall below. */
const MIN_SLOPE_PCT = 85;
const MAX_SLOPE_PCT = 105;
/** A raw value this near the buffer is on the pH scale: even a dead probe (7 in every buffer) is 3 from 4 and 10. */
const PH_SCALE_TOLERANCE_PH = 3.5;
/** Likewise on the electrode's own scale: asymmetry of up to 60 mV and a dead probe's 0 mV in buffer 4 or 10. */
const MV_SCALE_TOLERANCE_MV = 240;

interface Point {
  readonly raw: number;
  readonly actual: number;
}

/**
 * Why a calibration must not be taken, in one sentence; null: it may.
 *
 * Two or three points must go one way. A pH probe's slope must lie within 85–105 % where the raw scale is known: pH
 * units or the electrode's mV. An analog board's volts have a gain of their own, so they carry no slope rule.
 */
export function calibrationRefusal(quantity: Quantity, calibration: Calibration): string | null {
  if ("offset" in calibration) return null;
  const points = calibration.points.toSorted((a, b) => a.raw - b.raw);
  const slopes = slopesBetween(points);
  if (slopes.some((slope) => !Number.isFinite(slope) || slope === 0)) {
    return "Two points name the same actual value for different raw ones: measure them again in different solutions.";
  }
  if (new Set(slopes.map(Math.sign)).size > 1) {
    return "The three points contradict one another (one goes up, one goes down): measure them again.";
  }
  return quantity === "ph" ? phSlopeRefusal(points, slopes) : null;
}

function slopesBetween([low, middle, high]: readonly Point[]): readonly number[] {
  if (low === undefined || middle === undefined) return [];
  const lower = slopeBetween(low, middle);
  return high === undefined ? [lower] : [lower, slopeBetween(middle, high)];
}

function slopeBetween(a: Point, b: Point): number {
  return (b.actual - a.actual) / (b.raw - a.raw);
}

function phSlopeRefusal(points: readonly Point[], slopes: readonly number[]): string | null {
  const rawPerPh = idealRawPerPh(points);
  if (rawPerPh === null) return null;
  const worn = slopes
    .map((slope) => 100 / (slope * rawPerPh))
    .find((pct) => pct < MIN_SLOPE_PCT || pct > MAX_SLOPE_PCT);
  if (worn === undefined) return null;
  return `The probe's slope is ${Math.round(worn)} % and must be within ${MIN_SLOPE_PCT}–${MAX_SLOPE_PCT} %: check the buffers, clean the probe, or replace it.`;
}

/** What a new electrode's raw value moves by per pH; null: the raw scale is not one we know. */
function idealRawPerPh(points: readonly Point[]): number | null {
  if (points.every((p) => Math.abs(p.raw - p.actual) <= PH_SCALE_TOLERANCE_PH)) return 1;
  const idealMv = (p: Point) => (7 - p.actual) * NERNST_MV_PER_PH;
  const spansMv = points.some((p) => Math.abs(p.raw) > 14);
  if (spansMv && points.every((p) => Math.abs(p.raw - idealMv(p)) <= MV_SCALE_TOLERANCE_MV))
    return -NERNST_MV_PER_PH;
  return null;
}
