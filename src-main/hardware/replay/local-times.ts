const MIN_MS = 60_000;
const DATE = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?$/;

/**
 * A wall clock's reading as a number: the epoch milliseconds it would be if the wall stood in UTC.
 * @param date `YYYY-MM-DD` or `MM/DD/YYYY` @param time `HH:MM`, `HH:MM:SS` or with a fraction
 * @returns null where either is no such thing (31 June, 25:00)
 */
export function wallMsFrom(date: string, time: string): number | null {
  const [, year, month, day, usMonth, usDay, usYear] = DATE.exec(date) ?? [];
  const [, hour, minute, second = "0", fraction = "0"] = TIME.exec(time) ?? [];
  if (hour === undefined) return null;
  const [y, m, d] = [Number(year ?? usYear), Number(month ?? usMonth), Number(day ?? usDay)];
  const dayMs = Date.UTC(y, m - 1, d);
  const inDayMs =
    Number(hour) * 3_600_000 + Number(minute) * MIN_MS + Number(second) * 1_000 + Number(fraction.padEnd(3, "0"));
  const isCalendarDate = new Date(dayMs).getUTCMonth() === m - 1 && new Date(dayMs).getUTCDate() === d;
  const isTimeOfDay = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isCalendarDate && isTimeOfDay ? dayMs + inDayMs : null;
}

/** The instants a wall reading may mean, earlier first: two where the zone repeats it, else one. */
export interface Zone {
  instantsOf(wallMs: number): readonly [number] | readonly [number, number];
}

/** @param offsetMs of local time from UTC, positive east */
export function fixedZone(offsetMs: number): Zone {
  return { instantsOf: (wallMs) => [wallMs - offsetMs] };
}

/** Turns wall readings into instants, row by row: the second pass through a repeated hour shows in a row that seems to go back. */
export class WallTimes {
  readonly #zone: Zone;
  readonly #lastOf = new Map<string, { atMs: number; spacingMs: number }>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** @param lane rows of one lane (a probe) are in time order among themselves */
  instantOf(lane: string, wallMs: number): number {
    const last = this.#lastOf.get(lane);
    const [earlierMs, laterMs] = this.#zone.instantsOf(wallMs);
    const atMs = laterMs === undefined ? earlierMs : chosen(earlierMs, laterMs, last);
    if (last === undefined) this.#lastOf.set(lane, { atMs, spacingMs: 0 });
    else {
      if (atMs !== last.atMs) last.spacingMs = atMs - last.atMs;
      last.atMs = atMs;
    }
    return atMs;
  }
}

function chosen(
  earlierMs: number,
  laterMs: number,
  last: { readonly atMs: number; readonly spacingMs: number } | undefined,
): number {
  if (last === undefined || laterMs < last.atMs) return earlierMs;
  // Two readings apart by more than the repeat: the one that keeps the recording's step.
  if (earlierMs > last.atMs) return laterMs - last.atMs === last.spacingMs ? laterMs : earlierMs;
  // The same reading again: the second pass of an hourly recording, but a repeated row of a finer one.
  if (earlierMs === last.atMs && last.spacingMs < laterMs - earlierMs) return earlierMs;
  return laterMs;
}
