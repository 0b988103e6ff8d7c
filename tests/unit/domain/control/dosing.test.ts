import fc from "fast-check";
import { expect, test } from "vitest";
import { dosePlan, slotAt } from "#domain/control/dose-plan.ts";
import { type DoseView, decideDose } from "#domain/control/dosing.ts";
import { localTimeIn } from "#main/control/zoned-time.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const plan = dosePlan({
  pumpChannelId: channelIdOf(1),
  mlPerDay: 24,
  dosesPerDay: 24,
  dosesFrom: "00:00",
  dosesTo: "00:00",
  opposingChannelIds: [],
});
const HOUR_MS = 3_600_000;
const due = (changes: Partial<DoseView> = {}, lateMin = 0): DoseView => ({
  slot: { ordinal: 100, lateMin, nextInMin: 60 - lateMin },
  lastOrdinal: 99,
  sinceDoseMs: HOUR_MS,
  problem: null,
  ...changes,
});

test("a dose that is due is given once", () => {
  expect(decideDose(plan, due())).toEqual({ kind: "dose", ordinal: 100, skipped: 0 });
  expect(decideDose(plan, due({ lastOrdinal: 100 }))).toEqual({ kind: "none" });
  expect(decideDose(plan, due({ sinceDoseMs: null }))).toMatchObject({ kind: "dose" });
});

test("the first ever is the next one: what is due by now was due before there was a doser", () => {
  expect(decideDose(plan, due({ lastOrdinal: null }))).toEqual({ kind: "settle", ordinal: 100 });
});

test("what hinders it is waited for a while, then it is skipped and never made up for", () => {
  const problem = "the pH is 8.90";
  expect(decideDose(plan, due({ problem }, 9))).toEqual({ kind: "wait", problem });
  expect(decideDose(plan, due({}, 9))).toMatchObject({ kind: "dose" });
  expect(decideDose(plan, due({ problem }, 11))).toEqual({ kind: "skip", ordinal: 100, skipped: 1, problem });
  expect(decideDose(plan, due({}, 11))).toEqual({ kind: "skip", ordinal: 100, skipped: 1, problem: null });
});

test("after a night without power the doses of the night are skipped, and the one that is due now is given", () => {
  expect(decideDose(plan, due({ lastOrdinal: 93 }))).toEqual({ kind: "dose", ordinal: 100, skipped: 6 });
  expect(decideDose(plan, due({ lastOrdinal: 93 }, 30))).toMatchObject({ kind: "skip", skipped: 7 });
});

test("a clock that was set forward brings no dose right after the last", () => {
  expect(decideDose(plan, due({ sinceDoseMs: 600_000 }))).toEqual({
    kind: "wait",
    problem: "the last dose was only just given",
  });
  expect(decideDose(plan, due({ sinceDoseMs: 44.9 * 60_000 }))).toMatchObject({ kind: "wait" });
  expect(decideDose(plan, due({ sinceDoseMs: 45 * 60_000 }))).toMatchObject({ kind: "dose" });
});

test("a clock that was set back brings no dose twice; one that was years ahead is forgotten", () => {
  expect(decideDose(plan, due({ lastOrdinal: 101 }))).toEqual({ kind: "none" });
  expect(decideDose(plan, due({ lastOrdinal: 127 }))).toEqual({ kind: "none" });
  expect(decideDose(plan, due({ lastOrdinal: 128 }))).toEqual({ kind: "settle", ordinal: 100 });
});

/** Runs a doser through so many hours of real time, a look every half minute; the wall shows what `wallAt` says. */
function dosesIn(hours: number, wallAt: (realMs: number) => number, zone: string): number[] {
  const given: number[] = [];
  let lastOrdinal: number | null = null;
  for (let realMs = 0; realMs < hours * HOUR_MS; realMs += 30_000) {
    const slot = slotAt(plan, localTimeIn(zone, wallAt(realMs)));
    const last = given.at(-1);
    const decision = decideDose(plan, {
      slot,
      lastOrdinal,
      sinceDoseMs: last === undefined ? null : realMs - last,
      problem: null,
    });
    if (decision.kind === "dose") given.push(realMs);
    if (decision.kind !== "none" && decision.kind !== "wait") lastOrdinal = decision.ordinal;
  }
  return given;
}

const gaps = (given: readonly number[]) => given.slice(1).map((ms, index) => ms - (given[index] ?? 0));

test.each([
  ["spring", "2026-03-28T12:30:00Z", 23],
  ["autumn", "2026-10-24T12:30:00Z", 24],
])("in the night summer time changes in %s no dose is doubled, and none is given twice", (_, start, inADay) => {
  const given = dosesIn(24, (realMs) => Date.parse(start) + realMs, "Europe/Berlin");
  expect(given.length).toBeGreaterThanOrEqual(inADay - 2);
  expect(given.length).toBeLessThanOrEqual(24);
  expect(Math.min(...gaps(given))).toBeGreaterThanOrEqual(45 * 60_000);
});

test("whatever steps the wall's clock makes, two doses are never close, and a real day never has more than its plan and a quarter", () => {
  const step = fc.record({
    atMs: fc.integer({ min: 0, max: 30 * HOUR_MS }),
    byMs: fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
      const wallAt = (realMs: number) =>
        Date.parse("2026-06-01T00:00:00Z") +
        realMs +
        steps.reduce((sum, { atMs, byMs }) => sum + (atMs <= realMs ? byMs : 0), 0);
      const given = dosesIn(30, wallAt, "UTC");
      for (const gap of gaps(given)) expect(gap).toBeGreaterThanOrEqual(45 * 60_000 - 31_000);
      for (const fromMs of given) {
        const inDay = given.filter((ms) => ms >= fromMs && ms < fromMs + 24 * HOUR_MS);
        expect(inDay.length).toBeLessThanOrEqual(30);
      }
    }),
    { numRuns: 12 },
  );
});
