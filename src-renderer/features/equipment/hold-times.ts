import { instantOfLocal, offsetAt } from "../../charts/zone.ts";

/** For how long a hand may hold an output. */
export const HOLD_CHOICES = ["15min", "1h", "tomorrow", "custom"] as const;
export type HoldChoice = (typeof HOLD_CHOICES)[number];

/** What the contract allows: a second to a week. */
export const MAX_HOLD_MIN = 10_080;
const MIN_S = 60;
const DAY_MS = 86_400_000;
const MORNING_MS = 8 * 3_600_000;

interface Asked {
  readonly choice: HoldChoice;
  /** Of the keeper's own choice; NaN: not said. */
  readonly customMin: number;
  /** The tank's clock, epoch ms. */
  readonly nowMs: number;
  /** The tank's zone. */
  readonly timeZone: string;
}

/** @returns whole seconds; null: the keeper's own choice is none */
export function holdSeconds({ choice, customMin, nowMs, timeZone }: Asked): number | null {
  switch (choice) {
    case "15min":
      return 15 * MIN_S;
    case "1h":
      return 60 * MIN_S;
    case "tomorrow":
      return Math.round((tomorrowMorningMs(nowMs, timeZone) - nowMs) / 1_000);
    case "custom":
      return customMin >= 1 && customMin <= MAX_HOLD_MIN ? Math.round(customMin * MIN_S) : null;
  }
}

/** 08:00 of the zone's next calendar day, whatever its clocks do that night. */
export function tomorrowMorningMs(nowMs: number, timeZone: string): number {
  const localMs = nowMs + offsetAt(nowMs, timeZone);
  const nextDayMs = (Math.floor(localMs / DAY_MS) + 1) * DAY_MS;
  return instantOfLocal(nextDayMs + MORNING_MS, timeZone);
}
