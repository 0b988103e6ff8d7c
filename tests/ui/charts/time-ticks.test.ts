import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { type TickStep, tickStepFor, timeTicks } from "../../../src-renderer/charts/time-ticks.ts";
import { inputOf, instantOfInput, offsetAt } from "../../../src-renderer/charts/zone.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "America/Sao_Paulo",
  "Pacific/Apia",
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2037, 0, 1) });
const localOf = (atMs: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
const clockOf = (atMs: number, zone: string) => localOf(atMs, zone).toString().slice(11, 16);
const ticksOf = (from: string, to: string, timeZone: string, step: TickStep) =>
  timeTicks({ fromMs: Date.parse(from), toMs: Date.parse(to), timeZone }, step).map(({ atMs }) => atMs);
const hours = (count: number): TickStep => ({ unit: "ms", count: count * HOUR_MS });

test("the offset is the zone's own, to the second, at any instant", () => {
  fc.assert(
    fc.property(instants, zones, (atMs, zone) => {
      expect(offsetAt(atMs, zone)).toBe(localOf(atMs, zone).offsetNanoseconds / 1e6);
    }),
  );
});

test("the night the clocks go back has its hour twice", () => {
  const ticks = ticksOf("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", "Europe/Berlin", hours(1));
  expect(ticks.map((atMs) => clockOf(atMs, "Europe/Berlin"))).toEqual([
    "01:00",
    "02:00",
    "02:00",
    "03:00",
    "04:00",
  ]);
});

test("the night the clocks go forward leaves an hour out, and days still begin at midnight", () => {
  const ticks = ticksOf("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z", "Europe/Berlin", hours(1));
  expect(ticks.map((atMs) => clockOf(atMs, "Europe/Berlin"))).toEqual(["01:00", "03:00", "04:00", "05:00"]);
  const days = ticksOf("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Berlin", { unit: "day", count: 1 });
  expect(days.map((atMs) => new Date(atMs).toISOString())).toEqual([
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
});

test("a day whose midnight is left out begins with its first instant", () => {
  // Cairo puts its clocks forward at midnight: 2024-04-26 began at 01:00.
  const days = ticksOf("2024-04-25T10:00:00Z", "2024-04-26T10:00:00Z", "Africa/Cairo", { unit: "day", count: 1 });
  expect(days.map((atMs) => clockOf(atMs, "Africa/Cairo"))).toEqual(["01:00"]);
});

test("a tick says the year, the month, the day or the clock, whichever begins there", () => {
  const kinds = timeTicks(
    { fromMs: Date.UTC(2025, 11, 31, 12), toMs: Date.UTC(2026, 1, 2), timeZone: "UTC" },
    hours(12),
  ).map(({ kind }) => kind);
  expect(kinds.slice(0, 4)).toEqual(["minute", "year", "minute", "day"]);
  expect(kinds.filter((kind) => kind === "month")).toHaveLength(1);
});

test("every tick is in the span, in order, and shows a round local time; none that is round is missing", () => {
  const stepHours = fc.constantFrom(1, 2, 3, 6, 12);
  fc.assert(
    fc.property(
      instants,
      zones,
      stepHours,
      fc.integer({ min: 1, max: 96 }),
      (fromMs, timeZone, count, spanHours) => {
        const toMs = fromMs + spanHours * HOUR_MS;
        const ticks = timeTicks({ fromMs, toMs, timeZone }, hours(count)).map(({ atMs }) => atMs);
        const isRound = (atMs: number) => {
          const local = localOf(atMs, timeZone);
          return local.minute + local.second + local.millisecond === 0 && local.hour % count === 0;
        };
        // Every offset of these zones is a multiple of 15 minutes.
        const quarterMs = HOUR_MS / 4;
        const round: number[] = [];
        for (let atMs = Math.ceil(fromMs / quarterMs) * quarterMs; atMs <= toMs; atMs += quarterMs) {
          if (isRound(atMs)) round.push(atMs);
        }
        expect(ticks).toEqual(round);
      },
    ),
    { numRuns: 200 },
  );
});

test("every local day in a span has one tick, at its first instant", () => {
  fc.assert(
    fc.property(instants, zones, fc.integer({ min: 1, max: 40 }), (fromMs, timeZone, spanDays) => {
      const toMs = fromMs + spanDays * DAY_MS;
      const ticks = timeTicks({ fromMs, toMs, timeZone }, { unit: "day", count: 1 }).map(({ atMs }) => atMs);
      const expected: number[] = [];
      const start = localOf(fromMs, timeZone).toPlainDate();
      for (let day = 0; day <= spanDays + 2; day += 1) {
        const date = start.add({ days: day });
        const beginning = date.toZonedDateTime(timeZone);
        // Samoa once left a whole day out.
        const isThere = beginning.toPlainDate().equals(date);
        const atMs = beginning.epochMilliseconds;
        if (isThere && atMs >= fromMs && atMs <= toMs) expected.push(atMs);
      }
      expect(ticks).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("a span never has more ticks than were asked for, by more than what its rims add", () => {
  fc.assert(
    fc.property(
      instants,
      zones,
      fc.integer({ min: 60_000, max: 400 * DAY_MS }),
      fc.integer({ min: 2, max: 20 }),
      (fromMs, timeZone, spanMs, atMost) => {
        const ticks = timeTicks({ fromMs, toMs: fromMs + spanMs, timeZone }, tickStepFor(spanMs, atMost));
        expect(ticks.length).toBeLessThanOrEqual(atMost + 3);
      },
    ),
    { numRuns: 200 },
  );
});

test("what a field says comes back as it was, in any zone; what is no time is none", () => {
  fc.assert(
    fc.property(instants, zones, (atMs, zone) => {
      const text = inputOf(atMs, zone);
      const back = instantOfInput(text, zone);
      expect(back).not.toBeNull();
      expect(inputOf(back ?? 0, zone)).toBe(text);
    }),
  );
  expect(instantOfInput("", "UTC")).toBeNull();
  expect(instantOfInput("2026-10-25T02:30", "Europe/Berlin")).toBe(Date.UTC(2026, 9, 25, 0, 30));
  expect(instantOfInput("2026-03-29T02:30", "Europe/Berlin")).toBe(Date.UTC(2026, 2, 29, 1, 30));
});
