import { keptIn } from "../i18n/kept-formats.ts";

/** A stretch of time in which a zone's clocks run evenly: local = instant + offsetMs. */
export interface EvenTime {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly offsetMs: number;
}

const SECOND_MS = 1_000;
/** No zone changes its offset twice within so little. */
const PROBE_MS = 2 * 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const newFormat = () =>
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  return keptIn(formats, timeZone, newFormat);
}

/** What a zone's clocks show more than UTC at an instant, ms. */
export function offsetAt(atMs: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  const wholeMs = Math.floor(atMs / SECOND_MS) * SECOND_MS;
  const part: Partial<Record<string, number>> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(wholeMs)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
}

/** Cuts [fromMs, toMs) where the zone's clocks are put forward or back. */
export function evenTimesIn(fromMs: number, toMs: number, timeZone: string): readonly EvenTime[] {
  const even: EvenTime[] = [];
  let startMs = fromMs;
  let offsetMs = offsetAt(fromMs, timeZone);
  for (let probeMs = fromMs; probeMs < toMs; ) {
    const nextMs = Math.min(probeMs + PROBE_MS, toMs);
    const nextOffsetMs = offsetAt(nextMs, timeZone);
    if (nextOffsetMs !== offsetMs) {
      const changeMs = changeBetween(probeMs, nextMs, timeZone);
      even.push({ fromMs: startMs, toMs: changeMs, offsetMs });
      startMs = changeMs;
      offsetMs = nextOffsetMs;
    }
    probeMs = nextMs;
  }
  if (startMs < toMs) even.push({ fromMs: startMs, toMs, offsetMs });
  return even;
}

/** The first whole second of the new offset. */
function changeBetween(beforeMs: number, afterMs: number, timeZone: string): number {
  const newOffsetMs = offsetAt(afterMs, timeZone);
  let low = Math.floor(beforeMs / SECOND_MS);
  let high = Math.floor(afterMs / SECOND_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * SECOND_MS, timeZone) === newOffsetMs) high = middle;
    else low = middle;
  }
  return high * SECOND_MS;
}

/**
 * The instant at which a zone's clocks show a local time. One that is skipped in spring means as much later; one that
 * comes twice in autumn means the first.
 * @param local as `Date.UTC` would have it, ms
 */
export function instantOfLocal(local: number, timeZone: string): number {
  const dayMs = 86_400_000;
  const before = local - offsetAt(local - dayMs, timeZone);
  if (before + offsetAt(before, timeZone) === local) return before;
  const after = local - offsetAt(local + dayMs, timeZone);
  return after + offsetAt(after, timeZone) === local ? after : before;
}

const INPUT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/** @param text `2026-03-29T02:30`, as a date-and-time field says it @returns null where it is none */
export function instantOfInput(text: string, timeZone: string): number | null {
  const [, year, month, day, hour, minute] = (INPUT.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  return instantOfLocal(Date.UTC(year, month - 1, day, hour, minute), timeZone);
}

/** An instant as a date-and-time field wants it, in the zone. */
export function inputOf(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetAt(atMs, timeZone)).toISOString().slice(0, "2026-03-29T02:30".length);
}
