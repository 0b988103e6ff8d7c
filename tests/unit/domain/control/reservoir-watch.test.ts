import { expect, test } from "vitest";
import { isReservoirEmpty, ReservoirWatch } from "#domain/control/reservoir-watch.ts";

const GAUGE = { unit: "%", emptyBelowPct: 2 };
const FLOAT = { unit: "wet", emptyBelowPct: 2 };

test("1 is wet of a float and 1 % of a gauge; 0 is empty for both", () => {
  expect([0, 1, 1.9, 2, 60].map((value) => isReservoirEmpty(value, GAUGE))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect([0, 1].map((value) => isReservoirEmpty(value, FLOAT))).toEqual([true, false]);
  expect(isReservoirEmpty(0, { unit: "%", emptyBelowPct: 0 })).toBe(true);
});

test("a gauge has its own limit, and a reservoir that was empty must be filled by more than ripples", () => {
  const watch = new ReservoirWatch();
  const gauge = { unit: "%", emptyBelowPct: 10 };
  expect([11, 9, 11, 12.9, 13, 11, 9].map((value) => watch.note(value, gauge))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
});

test("a float knows no ripples", () => {
  const watch = new ReservoirWatch();
  expect([1, 0, 1].map((value) => watch.note(value, FLOAT))).toEqual([false, true, false]);
});
