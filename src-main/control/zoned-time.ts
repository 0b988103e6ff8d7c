import { Temporal } from "temporal-polyfill";
import type { LocalTime } from "#domain/control/local-time.ts";

const MINUTE_MS = 60_000;

interface Noted {
  readonly zone: string;
  readonly minute: number;
  readonly time: LocalTime;
}

/** The tank's own time, looked up once a minute. A zone this machine does not know reads as UTC. */
export class ZonedTime {
  readonly #timeZone: () => string;
  #noted: Noted | null = null;

  /** @param timeZone IANA */
  constructor(timeZone: () => string) {
    this.#timeZone = timeZone;
  }

  /** @param atMs epoch, UTC */
  at(atMs: number): LocalTime {
    const zone = this.#timeZone();
    const minute = Math.floor(atMs / MINUTE_MS);
    if (this.#noted?.zone !== zone || this.#noted.minute !== minute) {
      this.#noted = { zone, minute, time: localTimeIn(zone, minute * MINUTE_MS) };
    }
    return this.#noted.time;
  }
}

/** @param zone IANA @param atMs epoch, UTC */
export function localTimeIn(zone: string, atMs: number): LocalTime {
  const { startMs, time } = quarterOf(zone, atMs);
  return { ...time, minuteOfDay: time.minuteOfDay + (atMs - startMs) / MINUTE_MS };
}

/** The last instants at which a day began at the tank, newest first, epoch ms. */
export function lastMidnightsIn(zone: string, atMs: number, count: number): readonly number[] {
  const quarter = quarterOf(zone, atMs);
  if (quarter.midnights.length < count) {
    const today = zonedFrom(zone, atMs).startOfDay();
    quarter.midnights = Array.from(
      { length: count },
      (_, days) => today.subtract({ days }).startOfDay().epochMilliseconds,
    );
  }
  return quarter.midnights.slice(0, count);
}

interface Quarter {
  readonly zone: string;
  readonly startMs: number;
  readonly time: LocalTime;
  midnights: readonly number[];
}
/** Days begin and clocks change on quarters of an hour, in every zone; a loop asks every second. */
const QUARTER_MS = 15 * MINUTE_MS;
let lastQuarter: Quarter | null = null;

function quarterOf(zone: string, atMs: number): Quarter {
  const startMs = Math.floor(atMs / QUARTER_MS) * QUARTER_MS;
  if (lastQuarter?.zone !== zone || lastQuarter.startMs !== startMs) {
    const { year, month, day, hour, minute, second } = zonedFrom(zone, startMs);
    const time = { year, month, day, minuteOfDay: hour * 60 + minute + second / 60 };
    lastQuarter = { zone, startMs, time, midnights: [] };
  }
  return lastQuarter;
}

function zonedFrom(zone: string, atMs: number): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs));
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    return instant.toZonedDateTimeISO("UTC");
  }
}
