import type { DosePlan, Slot } from "./dose-plan.ts";

/** Two doses are never closer than this part of the way from one to the next, whatever the clock on the wall does. */
const CLOSEST_FRACTION = 0.75;
/** A dose settled so far ahead of now was settled by a clock that was wrong; one less far, before it was set back. */
const FARTHEST_AHEAD_MIN = 26 * 60;
const DAY_MIN = 1_440;

export interface DoseView {
  readonly slot: Slot;
  /** The dose that was given or skipped last; null: none ever was. */
  readonly lastOrdinal: number | null;
  /** Time since the last dose began, ms, as far as it is known for sure; null: none ever did. */
  readonly sinceDoseMs: number | null;
  /** Why no dose can be given now; null: it can. */
  readonly problem: string | null;
}

/** What to do about the dose that was due last. `ordinal` is settled by it: given or skipped, never both, never twice. */
export type DoseDecision =
  /** Nothing is due. */
  | { readonly kind: "none" }
  /** It is the first ever, or the clock was wrong: the dose that is due by now is somebody else's past. */
  | { readonly kind: "settle"; readonly ordinal: number }
  | { readonly kind: "dose"; readonly ordinal: number; readonly skipped: number }
  /** Due, and waited for within its grace. */
  | { readonly kind: "wait"; readonly problem: string }
  /** Too late: it is left out, and so are those before it that nobody saw. */
  | { readonly kind: "skip"; readonly ordinal: number; readonly skipped: number; readonly problem: string | null };

/** One dose at most, never two for one time of day, never one made up for; a missed one is skipped. */
export function decideDose(plan: DosePlan, { slot, lastOrdinal, sinceDoseMs, problem }: DoseView): DoseDecision {
  if (lastOrdinal === null) return { kind: "settle", ordinal: slot.ordinal };
  const ahead = lastOrdinal - slot.ordinal;
  if (ahead > (FARTHEST_AHEAD_MIN / DAY_MIN) * plan.dosesPerDay + 1)
    return { kind: "settle", ordinal: slot.ordinal };
  if (ahead >= 0) return { kind: "none" };
  const closestMs = plan.spacingMin * CLOSEST_FRACTION * 60_000;
  const isClose = sinceDoseMs !== null && sinceDoseMs < closestMs - 1_000;
  const hindrance = isClose ? "the last dose was only just given" : problem;
  const skipped = -ahead - 1;
  if (slot.lateMin > plan.graceMin)
    return { kind: "skip", ordinal: slot.ordinal, skipped: skipped + 1, problem: hindrance };
  if (hindrance !== null) return { kind: "wait", problem: hindrance };
  return { kind: "dose", ordinal: slot.ordinal, skipped };
}
