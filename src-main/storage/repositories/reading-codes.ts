import type { Quality, QualityReason } from "#contract/readings.ts";

/** How qualities are stored. Numbers are for ever: new ones are added at the end. */
export const QUALITY_CODE: Readonly<Record<Quality, number>> = { good: 0, uncertain: 1, bad: 2 };

export const REASON_CODE: Readonly<Record<QualityReason, number>> = {
  comm: 1,
  fault: 2,
  range: 3,
  rate: 4,
  implausible: 5,
  calibration: 6,
  dead: 7,
  stale: 8,
  "no-reading": 9,
};
