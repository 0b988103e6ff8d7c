import type { TimeOfDay } from "#contract/loops/times-of-day.ts";

/** A moment as the tank's own calendar and clock on the wall say it. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 to 1439, with its fraction. */
  readonly minuteOfDay: number;
}

/** A span of every day; it may cross midnight, and where both are equal it is the whole day. */
export interface DailySpan {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
}

const ZERO = "0".charCodeAt(0);

/** Minutes after midnight. */
export function minuteOf(time: TimeOfDay): number {
  const digit = (index: number) => time.charCodeAt(index) - ZERO;
  return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

/** From `from` on and before `to`. */
export function isWithinSpan(minuteOfDay: number, span: DailySpan): boolean {
  const [from, to] = [minuteOf(span.from), minuteOf(span.to)];
  if (from === to) return true;
  const isAfterFrom = minuteOfDay >= from;
  const isBeforeTo = minuteOfDay < to;
  return from < to ? isAfterFrom && isBeforeTo : isAfterFrom || isBeforeTo;
}

/** Minutes until the wall's clock shows this time next, more than 0 and at most a day; a change of summer time aside. */
export function minutesUntil(minuteOfDay: number, time: TimeOfDay): number {
  const aheadMin = minuteOf(time) - minuteOfDay;
  return aheadMin > 0 ? aheadMin : aheadMin + 1_440;
}
