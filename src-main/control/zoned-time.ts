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
  const { year, month, day, hour, minute, second } = zonedFrom(zone, atMs);
  return { year, month, day, minuteOfDay: hour * 60 + minute + second / 60 };
}

/** The last instants at which a day began at the tank, newest first, epoch ms. */
export function lastMidnightsIn(zone: string, atMs: number, count: number): readonly number[] {
  const today = zonedFrom(zone, atMs).startOfDay();
  return Array.from({ length: count }, (_, days) => today.subtract({ days }).startOfDay().epochMilliseconds);
}

function zonedFrom(zone: string, atMs: number): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs));
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    return instant.toZonedDateTimeISO("UTC");
  }
}
