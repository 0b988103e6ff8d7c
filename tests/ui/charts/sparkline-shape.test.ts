import { expect, test } from "vitest";
import { sparklineShapeFrom } from "../../../src-renderer/charts/sparkline-shape.ts";

const SIZE = { width: 100, height: 44 };
const base = { limits: null, endMs: 1_000, spanMs: 1_000, leastSpan: 1 };
const point = (atMs: number, value: number | null) => ({ atMs, value });

test("time runs over the width, values over the height, the larger the higher", () => {
  const { runs } = sparklineShapeFrom({ ...base, points: [point(0, 0), point(500, 10), point(1_000, 5)] }, SIZE);
  expect(runs).toEqual([[0, 42, 50, 2, 100, 22]]);
});

test("a gap stays a gap", () => {
  const points = [point(0, 1), point(100, 2), point(200, null), point(300, null), point(400, 3)];
  const { runs } = sparklineShapeFrom({ ...base, points }, SIZE);
  expect(runs.map((run) => run.length / 2)).toEqual([2, 1]);
});

test("what is older than the span is not drawn", () => {
  const { runs } = sparklineShapeFrom({ ...base, endMs: 2_000, points: [point(0, 9), point(1_500, 1)] }, SIZE);
  expect(runs).toEqual([[50, 22]]);
});

test("a limit is drawn where it is near, and does not press the line flat where it is far", () => {
  const points = [point(0, 25), point(1_000, 26)];
  const { limitYs } = sparklineShapeFrom({ ...base, limits: { min: 24, max: 60 }, points }, SIZE);
  expect(limitYs).toEqual([42]);
});

test("noise is not blown up to the full height", () => {
  const { runs } = sparklineShapeFrom({ ...base, points: [point(0, 25), point(1_000, 25.1)] }, SIZE);
  const [, firstY = 0, , lastY = 0] = runs[0] ?? [];
  expect(Math.abs(firstY - lastY)).toBeCloseTo(4, 6);
});

test("nothing good is nothing drawn", () => {
  expect(sparklineShapeFrom({ ...base, points: [point(0, null)] }, SIZE)).toEqual({ runs: [], limitYs: [] });
});
