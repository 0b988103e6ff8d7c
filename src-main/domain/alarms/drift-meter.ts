import { z } from "zod";
import type { AlarmDefinition } from "#contract/alarms.ts";
import { type Signal, UNKNOWN } from "./signal.ts";

const HOURS_A_DAY = 24;
const BASELINE_DAYS = 7;
const HOURS = (BASELINE_DAYS + 1) * HOURS_A_DAY;
/** A day of which less is known is none; fewer of them are no baseline. */
const ENOUGH_HOURS = 18;
const ENOUGH_DAYS = 3;

/** Plain data, so that it can be stored and taken up again. */
export const KeptDrift = z.object({
  /** Means of the hours that are over, oldest first; null: nothing was said in it. */
  hours: z.array(z.number().nullable()),
});
export type KeptDrift = z.infer<typeof KeptDrift>;

/** Compares the last 24 hours with the median of the seven days before. */
export class DriftMeter {
  #hours: (number | null)[];
  #sum = 0;
  #count = 0;

  constructor(kept: KeptDrift = { hours: [] }) {
    this.#hours = kept.hours.slice(-HOURS);
  }

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
  }

  /** Ends an hour. */
  turn(): void {
    this.#hours.push(this.#count === 0 ? null : this.#sum / this.#count);
    this.#hours = this.#hours.slice(-HOURS);
    this.#sum = 0;
    this.#count = 0;
  }

  kept(): KeptDrift {
    return { hours: this.#hours };
  }

  /** Today as a multiple of the baseline; null: not known for long enough, or there is nothing to compare with. */
  ratio(): number | null {
    const [today, ...before] = Array.from({ length: BASELINE_DAYS + 1 }, (_, day) => this.#meanOf(day));
    const days = before.filter((mean) => mean !== null).toSorted((a, b) => a - b);
    const baseline = days[Math.floor(days.length / 2)] ?? 0;
    if (today == null || days.length < ENOUGH_DAYS || baseline <= 0) return null;
    return today / baseline;
  }

  /** @param day 0: the last 24 hours */
  #meanOf(day: number): number | null {
    const end = this.#hours.length - day * HOURS_A_DAY;
    const known = this.#hours.slice(Math.max(0, end - HOURS_A_DAY), Math.max(0, end)).filter((h) => h !== null);
    return known.length < ENOUGH_HOURS ? null : known.reduce((sum, hour) => sum + hour, 0) / known.length;
  }
}

/** Above its set-point where that is 1 or more, below it where it is less. @param ratio null: there is nothing to compare with */
export function signalOfDrift({ setpoint, deadband }: AlarmDefinition, ratio: number | null): Signal {
  if (ratio === null || setpoint === null) return UNKNOWN;
  const inside = setpoint >= 1 ? setpoint - ratio : ratio - setpoint;
  if (inside < 0) return { condition: "violated", value: ratio };
  return { condition: inside >= deadband ? "clear" : "between", value: ratio };
}
