import fc from "fast-check";
import { expect, test } from "vitest";
import { Guards } from "#contract/guards.ts";
import { CycleMeter } from "#domain/outputs/cycle-meter.ts";
import { budgetVerdictFrom, type Limit, limitsFrom, shownBudgets } from "#domain/outputs/run-limits.ts";
import { UseMeter } from "#domain/outputs/use-meter.ts";

const HOUR_MS = 3_600_000;
const guards = (changes: Partial<Guards> = {}) =>
  Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: null, ...changes });

function ran(...runs: readonly (readonly [fromS: number, toS: number])[]): UseMeter {
  const use = new UseMeter();
  for (const [fromS, toS] of runs) {
    use.note(true, fromS * 1_000, 2);
    use.note(false, toS * 1_000, 2);
  }
  return use;
}

test("use is counted over a window that rolls, a run that goes on included", () => {
  const use = ran([0, 100], [200, 250]);
  expect(use.used(HOUR_MS, 250_000)).toEqual({ onS: 150, ml: 300 });
  expect(use.used(100_000, 250_000)).toEqual({ onS: 50, ml: 100 });
  expect(use.used(200_000, 250_000)).toEqual({ onS: 100, ml: 200 });
  use.note(true, 260_000, 2);
  expect(use.used(HOUR_MS, 270_000)).toEqual({ onS: 160, ml: 320 });
  expect(use.total(270_000)).toEqual({ onS: 160, ml: 320 });
  expect(use.isOn).toBe(true);
});

test("another flow while it runs counts from then on", () => {
  const use = new UseMeter();
  use.note(true, 0, 1);
  use.note(true, 10_000, 3);
  use.note(true, 15_000, 3);
  expect(use.used(HOUR_MS, 20_000)).toEqual({ onS: 20, ml: 40 });
});

test("what was kept counts from its age, and a day later no more", () => {
  const kept = ran([0, 100]).kept(160_000);
  const use = new UseMeter();
  use.spend({ onS: 5, ml: 0 }, 1_000);
  use.restore(kept, 30_000, 2_000);
  expect(use.used(HOUR_MS, 2_000)).toEqual({ onS: 105, ml: 200 });
  // It ended 60 s before it was kept, and the program was away for another 30 s.
  expect(use.used(60_000, 2_000).onS).toBe(5);
  expect(use.used(150_000, 2_000).onS).toBe(65);
  expect(use.total(2_000).onS).toBe(105);
  use.spend({ onS: 1, ml: 0 }, 25 * HOUR_MS);
  expect(use.kept(25 * HOUR_MS).runs).toHaveLength(1);
});

test("very many runs are told apart no longer, and never count for less", () => {
  const use = new UseMeter();
  for (let i = 0; i < 1_000; i++) use.spend({ onS: 1, ml: 1 }, i * 10_000);
  const atMs = 1_000 * 10_000;
  expect(use.kept(atMs).runs.length).toBeLessThanOrEqual(400);
  expect(use.used(24 * HOUR_MS, atMs).onS).toBe(1_000);
  expect(use.used(HOUR_MS, atMs).onS).toBeGreaterThanOrEqual(359);
});

test("it says when so much is free again, and is right", () => {
  const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 300 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(runs, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (spans, share) => {
      const use = new UseMeter();
      let atMs = 0;
      for (const [offS, onS] of spans) {
        atMs += offS * 1_000;
        use.note(true, atMs, 2);
        atMs += onS * 1_000;
        use.note(false, atMs, 2);
      }
      const before = use.used(HOUR_MS, atMs).onS;
      const amount = before * share;
      const inMs = use.freesInMs(HOUR_MS, "s", { amount, atMs });
      expect(inMs).not.toBeNull();
      const after = use.used(HOUR_MS, atMs + (inMs ?? 0)).onS;
      expect(before - after).toBeCloseTo(amount, 3);
    }),
  );
  expect(ran([0, 10]).freesInMs(HOUR_MS, "mL", { amount: 30, atMs: 10_000 })).toBeNull();
  expect(ran([0, 10]).freesInMs(1_000, "mL", { amount: 1, atMs: 20_000 })).toBeNull();
});

test("starts are counted by the hour, by the day and in all, over restarts", () => {
  const cycles = new CycleMeter();
  for (const minute of [0, 1, 1, 70]) cycles.start(minute * 60_000);
  expect(cycles.startsLast(60, 70 * 60_000)).toBe(1);
  expect(cycles.startsLast(1_440, 70 * 60_000)).toBe(4);
  const after = new CycleMeter();
  after.start(0);
  after.restore(cycles.kept(70 * 60_000), 5 * 60_000, 0);
  expect([after.total, after.startsLast(60, 0), after.startsLast(1_440, 0)]).toEqual([5, 2, 5]);
  after.start(1_500 * 60_000);
  expect(after.kept(1_500 * 60_000).startsAgo).toEqual([[0, 1]]);
});

test("the narrowest limit holds for each span and unit; mL hold where the flow is known", () => {
  const set = guards({
    maxOnS: 300,
    budgetS: { per15Min: null, perHour: 100, perDay: 500 },
    budgetMl: { per15Min: null, perHour: null, perDay: 80 },
  });
  const others = [
    { maxOnS: 60, budgets: [{ windowS: 3_600, unit: "s", limit: 200 } as const] },
    { maxOnS: null },
    { budgets: [{ windowS: 86_400, unit: "s", limit: 50 } as const] },
  ];
  expect(limitsFrom(set, null, others)).toEqual({
    maxOnS: 60,
    budgets: [
      { windowS: 3_600, unit: "s", limit: 100 },
      { windowS: 86_400, unit: "s", limit: 50 },
    ],
  });
  expect(limitsFrom(set, 2, []).budgets.at(-1)).toEqual({ windowS: 86_400, unit: "mL", limit: 80 });
  expect(limitsFrom(guards(), null, [])).toEqual({ maxOnS: null, budgets: [] });
});

const LIMIT: Limit = { windowS: 3_600, unit: "s", limit: 100 };
const off = { isOn: false, plannedS: null, flowMlPerS: null, atMs: 100_000, nowMs: 0 };

test("an on that would exceed is refused beforehand, and told when it may be", () => {
  const use = ran([0, 70]);
  expect(budgetVerdictFrom([LIMIT], use, { ...off, plannedS: 30 })).toEqual({ spent: [], changesInMs: null });
  const { spent, changesInMs } = budgetVerdictFrom([LIMIT], use, { ...off, plannedS: 31 });
  expect(spent).toEqual([
    {
      code: "budget-spent",
      text: "Off: it may have 1 min 40 s in any 1 h, and 30 s of that is left.",
      untilMs: 3_600_000 + 1_000 - 100_000,
    },
  ]);
  expect(changesInMs).toBe(3_501_000);
});

test("an on without a plan needs a tenth of the budget, so that a spent one does not chatter", () => {
  expect(budgetVerdictFrom([LIMIT], ran([0, 90]), off).spent).toEqual([]);
  expect(budgetVerdictFrom([LIMIT], ran([0, 91]), off).spent).toHaveLength(1);
});

test("a running one is cut where its budget is reached, in mL by its flow", () => {
  const use = new UseMeter();
  use.note(true, 0, 2);
  const on = { ...off, isOn: true, flowMlPerS: 2, atMs: 40_000 };
  const inMl: Limit = { windowS: 3_600, unit: "mL", limit: 100 };
  expect(budgetVerdictFrom([LIMIT, inMl], use, on)).toEqual({ spent: [], changesInMs: 10_000 });
  expect(budgetVerdictFrom([inMl], use, { ...on, atMs: 50_000 }).spent[0]?.text).toContain("100 mL in any 1 h");
  expect(budgetVerdictFrom([inMl], use, { ...on, flowMlPerS: null })).toEqual({ spent: [], changesInMs: null });
});

test("a plan larger than the whole budget never frees", () => {
  expect(budgetVerdictFrom([LIMIT], ran([0, 10]), { ...off, plannedS: 200 })).toMatchObject({
    spent: [{ untilMs: null }],
    changesInMs: null,
  });
});

test("budgets are shown with what of them is used", () => {
  expect(shownBudgets([LIMIT], ran([0, 12.34]), 20_000)).toEqual([{ ...LIMIT, used: 12.3 }]);
});
