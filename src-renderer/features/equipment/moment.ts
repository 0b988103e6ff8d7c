import type { Formats } from "../../i18n/formats.ts";

/** Nearer than this an hour says which day is meant. */
const SAME_DAY_MS = 12 * 3_600_000;

/** An instant ahead: the time alone where that is clear, else with its day. */
export function momentWords(formats: Formats, atMs: number, nowMs: number): string {
  return atMs - nowMs < SAME_DAY_MS ? formats.time(atMs) : formats.dateTime(atMs);
}
