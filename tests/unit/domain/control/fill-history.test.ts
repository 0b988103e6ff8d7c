import { expect, test } from "vitest";
import {
  expectedFillS,
  learnedFillS,
  nextFillAtMs,
  type PumpRun,
  pumpedS,
  usualDay,
  withRun,
} from "#domain/control/fill-history.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fill = (endedAtMs: number, onS = 60): PumpRun => ({ endedAtMs, onS, isFill: true });
/** One every four hours. */
const regular = (count: number, onS = 60) =>
  Array.from({ length: count }, (_, index) => fill(index * 4 * HOUR, onS));

test("a fill takes what the last ones took, median; the first four are no habit", () => {
  expect(learnedFillS(regular(4))).toBeNull();
  expect(learnedFillS([50, 90, 60, 70, 40].map((onS, index) => fill(index, onS)))).toBe(60);
  expect(learnedFillS([50, 60, 70, 300, 40, 80].map((onS, index) => fill(index, onS)))).toBe(65);
  expect(learnedFillS([...regular(5), { endedAtMs: DAY, onS: 5, isFill: false }])).toBe(60);
  expect(learnedFillS([...regular(9, 20), ...regular(9, 80)])).toBe(80);
});

test("one that comes late may take as much longer, and none is expected to be over in a moment", () => {
  const runs = regular(6);
  expect(expectedFillS([], DAY)).toBeNull();
  expect(expectedFillS(runs, 22 * HOUR)).toBe(60);
  expect(expectedFillS(runs, 32 * HOUR)).toBe(180);
  expect(expectedFillS(regular(6, 8), 22 * HOUR)).toBe(30);
  expect(expectedFillS(Array(5).fill(fill(5)), DAY)).toBe(60);
  expect(expectedFillS([fill(0, 100), ...regular(6)], 22 * HOUR)).toBe(100);
});

test("the next one is expected after the usual time", () => {
  expect(nextFillAtMs(regular(4))).toBeNull();
  expect(nextFillAtMs(regular(6))).toBe(24 * HOUR);
});

test("what was pumped counts in rolling spans, whoever wanted it", () => {
  const runs = [fill(HOUR), fill(20 * HOUR), { endedAtMs: 25 * HOUR, onS: 7, isFill: false }];
  expect(pumpedS(runs, 25 * HOUR, DAY)).toBe(67);
  expect(pumpedS(runs, 24 * HOUR, DAY)).toBe(120);
});

/** Midnights, newest first. */
const MIDNIGHTS = Array.from({ length: 8 }, (_, back) => (10 - back) * DAY);

test("a usual day is the median of seven whole days of the tank's calendar", () => {
  const runs = [4, 5, 6, 7, 8, 9].map((day) => fill(day * DAY + HOUR, day * 100));
  expect(usualDay(runs, MIDNIGHTS, 0)).toEqual({ onS: 600, isWhole: true });
  expect(usualDay(runs, MIDNIGHTS, 7 * DAY)).toEqual({ onS: 800, isWhole: false });
  expect(usualDay(runs, MIDNIGHTS, 9.5 * DAY)).toBeNull();
  expect(usualDay([], [], 0)).toBeNull();
});

test("runs older than nine days are forgotten", () => {
  const runs = withRun([fill(0), fill(2 * DAY)], fill(10 * DAY));
  expect(runs.map(({ endedAtMs }) => endedAtMs)).toEqual([2 * DAY, 10 * DAY]);
});
