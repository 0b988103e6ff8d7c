import type { FaultName } from "../../hardware/simulated/faults.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A mishap of the month, and what may tell of it. */
export interface Incident {
  readonly name: string;
  readonly fault: FaultName;
  readonly key: string | null;
  /** After the beginning of the month. */
  readonly strikesAtMs: number;
  /** After a person acknowledged. */
  readonly repairTakesMs: number;
  /** Channels by key, and loops by name, that it may make ring. */
  readonly about: readonly string[];
}

/** What follows from one may still ring for so long after it was mended: water cools, fills and settles. */
export const AFTERMATH_MS = 6 * HOUR_MS;

/** One a week from the second on, two by day and one in the middle of the night. */
export const INCIDENTS: readonly Incident[] = [
  {
    name: "display probe dead",
    fault: "probe-vanishes",
    key: "display-temperature",
    strikesAtMs: 7 * DAY_MS + 13 * HOUR_MS,
    repairTakesMs: 4 * HOUR_MS,
    about: ["display-temperature", "heater", "chiller", "Temperature"],
  },
  {
    name: "heater relay stuck on",
    fault: "heater-relay-stuck-on",
    key: "heater",
    strikesAtMs: 14 * DAY_MS + 2 * HOUR_MS,
    repairTakesMs: 3 * HOUR_MS,
    about: ["heater", "heater-outlet", "chiller", "display-temperature", "sump-temperature", "Temperature"],
  },
  {
    name: "leak",
    fault: "leak",
    key: null,
    strikesAtMs: 22 * DAY_MS + 17 * HOUR_MS,
    repairTakesMs: HOUR_MS / 3,
    about: ["leak", "top-off", "sump-level", "sump-float", "return-pump", "return-flow", "Top-off", "Return flow"],
  },
];
