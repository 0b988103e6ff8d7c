import { type DosePlan, minuteOfDose, type Slot } from "#domain/control/dose-plan.ts";
import { localTimeIn } from "./zoned-time.ts";

const MINUTE_MS = 60_000;
const DAY_MIN = 1_440;

/**
 * When the clock on the wall will show the time of the dose after this one, epoch ms, to the second. Where summer time
 * begins or ends before it, the hour is made up for.
 */
export function nextDoseAtMs(
  plan: DosePlan,
  slot: Slot,
  now: { readonly zone: string; readonly wallMs: number },
): number {
  const straightMs = now.wallMs + slot.nextInMin * MINUTE_MS;
  const shownMin = localTimeIn(now.zone, straightMs).minuteOfDay;
  const offMin = shownMin - minuteOfDose(plan, slot.ordinal + 1);
  const nearestMin = ((offMin + 1.5 * DAY_MIN) % DAY_MIN) - DAY_MIN / 2;
  const correctedMs = straightMs - nearestMin * MINUTE_MS;
  // A time that spring leaves out is the moment after it.
  const atMs = Math.abs(nearestMin) < 1 || correctedMs <= now.wallMs ? straightMs : correctedMs;
  return Math.round(atMs / 1_000) * 1_000;
}
