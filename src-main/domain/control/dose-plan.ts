import type { DoserConfig } from "#contract/loops.ts";
import { type LocalTime, minuteOf } from "./local-time.ts";

const DAY_MIN = 1_440;
const DAY_MS = 86_400_000;
/** A dose that cannot be given is waited for so long, and no longer than a quarter of the way to the next; then it is skipped. */
const LONGEST_GRACE_MIN = 10;
const GRACE_FRACTION = 0.25;

/** The doses of a day, by the tank's clock. */
export interface DosePlan {
  readonly mlPerDose: number;
  readonly dosesPerDay: number;
  /** Minute of the day of the first. */
  readonly firstMin: number;
  readonly spacingMin: number;
  /** How late a dose may still begin. */
  readonly graceMin: number;
}

type DoseTimes = Pick<DoserConfig, "mlPerDay" | "dosesPerDay" | "dosesFrom" | "dosesTo">;
export type Doser = DoseTimes & Pick<DoserConfig, "pumpChannelId" | "opposingChannelIds">;

/** @param opposing the other dosers it must keep away from, whichever of them says so */
export function dosePlan(doser: Doser, opposing: readonly Doser[] = []): DosePlan {
  const spacingMin = spacingOf(doser);
  const offsetMin = offsetAmong(doser, opposing);
  return {
    mlPerDose: doser.mlPerDay / doser.dosesPerDay,
    dosesPerDay: doser.dosesPerDay,
    firstMin: (minuteOf(doser.dosesFrom) + offsetMin) % DAY_MIN,
    spacingMin,
    graceMin: Math.min(LONGEST_GRACE_MIN, spacingMin * GRACE_FRACTION),
  };
}

/** Minutes from one dose to the next. */
export function spacingOf({ dosesFrom, dosesTo, dosesPerDay }: DoseTimes): number {
  const spanMin = (minuteOf(dosesTo) - minuteOf(dosesFrom) + DAY_MIN) % DAY_MIN;
  return (spanMin === 0 ? DAY_MIN : spanMin) / dosesPerDay;
}

/** Parts that must not meet take turns: each begins later by its place among them. */
function offsetAmong(doser: Doser, opposing: readonly Doser[]): number {
  const before = opposing.filter(({ pumpChannelId }) => pumpChannelId < doser.pumpChannelId);
  return before.length * turnMin([doser, ...opposing]);
}

/** Minutes from a dose of one part to the next dose of another, where they take turns. */
export function turnMin(group: readonly DoseTimes[]): number {
  return Math.min(...group.map(spacingOf)) / group.length;
}

/** The dosers this one keeps away from: those it names, and those that name it. */
export function opposingOf<D extends Doser>(doser: D, others: readonly D[]): readonly D[] {
  return others.filter(
    (other) =>
      other.pumpChannelId !== doser.pumpChannelId &&
      (doser.opposingChannelIds.includes(other.pumpChannelId) ||
        other.opposingChannelIds.includes(doser.pumpChannelId)),
  );
}

/** Where a moment stands in the plan. */
export interface Slot {
  /** Counts every dose there ever was or will be, by the tank's own calendar. */
  readonly ordinal: number;
  /** Minutes since it was due. */
  readonly lateMin: number;
  /** Minutes until the next one by the clock on the wall; a change of summer time aside. */
  readonly nextInMin: number;
}

/** The dose that was due last. A repeated hour in autumn names doses that were due before; a skipped one in spring none. */
export function slotAt(plan: DosePlan, local: LocalTime): Slot {
  const { firstMin, spacingMin, dosesPerDay } = plan;
  const day = Date.UTC(local.year, local.month - 1, local.day) / DAY_MS;
  const sinceFirstMin = (local.minuteOfDay - firstMin + DAY_MIN) % DAY_MIN;
  const windowDay = local.minuteOfDay < firstMin ? day - 1 : day;
  const index = Math.min(Math.floor(sinceFirstMin / spacingMin), dosesPerDay - 1);
  const isLast = index === dosesPerDay - 1;
  return {
    ordinal: windowDay * dosesPerDay + index,
    lateMin: sinceFirstMin - index * spacingMin,
    nextInMin: (isLast ? DAY_MIN : (index + 1) * spacingMin) - sinceFirstMin,
  };
}

/** The minute of the day a dose is due at. */
export function minuteOfDose({ firstMin, spacingMin, dosesPerDay }: DosePlan, ordinal: number): number {
  const index = ((ordinal % dosesPerDay) + dosesPerDay) % dosesPerDay;
  return (firstMin + index * spacingMin) % DAY_MIN;
}
