import { type EvenTime, evenTimesIn } from "./zone.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-05 was the first Monday. */
const FIRST_MONDAY = 4;

/** How far ticks are apart. Days and longer are counted on the calendar, for they are not all equally long. */
export type TickStep =
  | { readonly unit: "ms"; readonly count: number }
  | { readonly unit: "day" | "week" | "month" | "year"; readonly count: number };

/** What a tick says: the clock's seconds or minutes, or the day, month or year that begins there. */
export type TickKind = "second" | "minute" | "day" | "month" | "year";

export interface TimeTick {
  readonly atMs: number;
  readonly kind: TickKind;
}

const ms = (count: number, unitMs: number) =>
  ({ unit: "ms", count: count * unitMs, aboutMs: count * unitMs }) as const;
const days = (unit: "day" | "week" | "month" | "year", count: number, aboutDays: number) =>
  ({ unit, count, aboutMs: count * aboutDays * DAY_MS }) as const;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ms(count, SECOND_MS)),
  ...[1, 2, 5, 10, 15, 30].map((count) => ms(count, MINUTE_MS)),
  ...[1, 2, 3, 6, 12].map((count) => ms(count, HOUR_MS)),
  ...[1, 2].map((count) => days("day", count, 1)),
  ...[1, 2].map((count) => days("week", count, 7)),
  ...[1, 2, 3, 6].map((count) => days("month", count, 30.44)),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => days("year", count, 365.25)),
] as const;
const LONGEST = days("year", 1_000, 365.25);

/** The finest step that puts at most about so many ticks into a span. */
export function tickStepFor(spanMs: number, atMost: number): TickStep {
  return STEPS.find(({ aboutMs }) => spanMs / aboutMs <= atMost) ?? LONGEST;
}

export interface TickSpan {
  readonly fromMs: number;
  /** Inclusive. */
  readonly toMs: number;
  readonly timeZone: string;
}

/**
 * Instants in a span at which the zone's clocks and calendar show round times, in order. An hour that is put in twice
 * in autumn has its ticks twice, one that is left out in spring has none; a day whose midnight is left out begins with
 * its first instant.
 */
export function timeTicks({ fromMs, toMs, timeZone }: TickSpan, step: TickStep): readonly TimeTick[] {
  const even = evenTimesIn(fromMs, toMs + 1, timeZone);
  const instants = step.unit === "ms" ? clockTicks(even, step.count) : calendarTicks(even, step);
  return instants.map((atMs) => ({ atMs, kind: kindOf(localOf(atMs, even)) }));
}

function clockTicks(even: readonly EvenTime[], stepMs: number): readonly number[] {
  const ticks: number[] = [];
  for (const { fromMs, toMs, offsetMs } of even) {
    const first = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
    for (let atMs = first; atMs < toMs; atMs += stepMs) ticks.push(atMs);
  }
  return ticks;
}

type CalendarStep = Exclude<TickStep, { readonly unit: "ms" }>;

function calendarTicks(even: readonly EvenTime[], step: CalendarStep): readonly number[] {
  const [first, last] = [even[0], even.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lastLocalMs = Math.max(...even.map(({ toMs, offsetMs }) => toMs + offsetMs));
  const ticks: number[] = [];
  for (let day = dayOf(first.fromMs + first.offsetMs); day * DAY_MS < lastLocalMs; day += 1) {
    const atMs = isRound(day, step) ? beginningOf(day, even) : null;
    if (atMs !== null) ticks.push(atMs);
  }
  return ticks;
}

/** The first instant of a local day; null where it is not within the span. */
function beginningOf(day: number, even: readonly EvenTime[]): number | null {
  const localMs = day * DAY_MS;
  for (const [index, { fromMs, toMs, offsetMs }] of even.entries()) {
    const atMs = localMs - offsetMs;
    if (atMs >= fromMs && atMs < toMs) return atMs;
    // Its midnight was left out: the clocks were put forward over it.
    const wasBefore = index > 0 && (even[index - 1]?.offsetMs ?? 0) + fromMs <= localMs;
    if (wasBefore && fromMs + offsetMs > localMs && fromMs + offsetMs < localMs + DAY_MS) return fromMs;
  }
  return null;
}

function isRound(day: number, { unit, count }: CalendarStep): boolean {
  if (unit === "day") return day % count === 0;
  if (unit === "week") return (day - FIRST_MONDAY) % (7 * count) === 0;
  const date = new Date(day * DAY_MS);
  if (date.getUTCDate() !== 1) return false;
  if (unit === "month") return date.getUTCMonth() % count === 0;
  return date.getUTCMonth() === 0 && date.getUTCFullYear() % count === 0;
}

function localOf(atMs: number, even: readonly EvenTime[]): number {
  const offsetMs = even.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.offsetMs ?? 0;
  return atMs + offsetMs;
}

function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** Midnight says its day, the first of a month its month: a chart needs no second row of labels. */
function kindOf(localMs: number): TickKind {
  const sinceMidnightMs = localMs - dayOf(localMs) * DAY_MS;
  if (sinceMidnightMs % MINUTE_MS !== 0) return "second";
  if (sinceMidnightMs !== 0) return "minute";
  const date = new Date(localMs);
  if (date.getUTCDate() !== 1) return "day";
  return date.getUTCMonth() === 0 ? "year" : "month";
}
