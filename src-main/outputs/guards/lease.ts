import type { Guards } from "#contract/guards.ts";
import type { Running } from "#domain/outputs/switching-guards.ts";
import type { Plan } from "./run-guard.ts";

/** A dose that is not ended in time is dropped by its pump's own plug so long after, s. */
const DOSE_MARGIN_S = 5;
/** A doser that runs without a plan (by hand) is renewed as long as it is wanted, s. */
const UNPLANNED_DOSER_S = 30;

/** What an on is told with where the device can drop it by itself, s; null: it stays on until it is told otherwise. */
export function leaseFor({ leaseS }: Guards, { forS, isDoser }: Plan, { onForMs }: Running): number | null {
  if (!isDoser) return leaseS;
  if (forS === null) return leaseS ?? UNPLANNED_DOSER_S;
  const leftS = Math.max(0, forS - (onForMs ?? 0) / 1_000);
  return Math.min(leaseS ?? Number.POSITIVE_INFINITY, leftS + DOSE_MARGIN_S);
}
