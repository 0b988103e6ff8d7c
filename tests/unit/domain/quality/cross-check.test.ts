import { expect, test } from "vitest";
import { type CrossCheckState, crossCheck, matchOf } from "#domain/quality/cross-check.ts";

const TOGETHER: CrossCheckState = { apartSinceMs: null };
const MIN = 60_000;

function checked(firstC: number | null, secondC: number | null) {
  const { heatByC, coolByC, isSingle } = crossCheck(TOGETHER, { firstC, secondC, matchC: 0, atMs: 0 });
  return { heatByC, coolByC, isSingle };
}

test("heat by the higher, cool by the lower", () => {
  expect(checked(25.4, 25)).toEqual({ heatByC: 25.4, coolByC: 25, isSingle: false });
  expect(checked(25, 25.4)).toEqual({ heatByC: 25.4, coolByC: 25, isSingle: false });
});

test("neither while they are more than one degree apart", () => {
  expect(checked(26, 25)).toEqual({ heatByC: 26, coolByC: 25, isSingle: false });
  expect(checked(26.1, 25)).toEqual({ heatByC: null, coolByC: null, isSingle: false });
});

test("with one of them bad the other one decides; with both bad nobody does", () => {
  expect(checked(null, 25)).toEqual({ heatByC: 25, coolByC: 25, isSingle: true });
  expect(checked(26, null)).toEqual({ heatByC: 26, coolByC: 26, isSingle: true });
  expect(checked(null, null)).toEqual({ heatByC: null, coolByC: null, isSingle: false });
});

test("probes that were matched in the same water are compared as matched", () => {
  const matchC = matchOf(25.5, 24.6);
  const pair = crossCheck(TOGETHER, { firstC: 25.6, secondC: 24.6, matchC, atMs: 0 });
  expect(pair.heatByC).toBe(25.6);
  expect(pair.coolByC).toBeCloseTo(25.5, 9);
  expect(crossCheck(TOGETHER, { firstC: null, secondC: 24.6, matchC, atMs: 0 }).heatByC).toBeCloseTo(25.5, 9);
});

test("more than half a degree apart for ten minutes is a discrepancy, until they meet", () => {
  let state = TOGETHER;
  const at = (minutes: number, secondC: number | null) => {
    const result = crossCheck(state, { firstC: 25, secondC, matchC: 0, atMs: minutes * MIN });
    state = result.state;
    return result.isDiscrepant;
  };
  expect([at(0, 25.5), at(5, 25.6), at(14, 25.7), at(15, 25.7), at(16, 25.2)]).toEqual([
    false,
    false,
    false,
    true,
    false,
  ]);
  expect([at(17, 25.6), at(20, null), at(27, 25.6)]).toEqual([false, false, false]);
});
