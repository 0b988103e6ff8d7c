import fc from "fast-check";
import { expect, test } from "vitest";
import {
  nearestTo,
  pointsWithin,
  runsOf,
  type Series,
  seriesFrom,
  shifted,
  withReading,
} from "../../../src-renderer/charts/series.ts";

const at = (second: number) => new Date(second * 1_000).toISOString();
const raw = (seconds: readonly number[]): Series =>
  seriesFrom(
    { resolution: "raw", points: seconds.map((s) => ({ at: at(s), min: s, max: s, mean: s, count: 1 })) },
    1_000,
  );
const cells = (seconds: readonly number[]): Series =>
  seriesFrom(
    { resolution: "5m", points: seconds.map((s) => ({ at: at(s), min: s, max: s, mean: s, count: 300 })) },
    1_000,
  );
const runLengths = (series: Series) => runsOf(series).map((run) => run.length);

test("a gap is a gap, and a missed reading or two is none", () => {
  expect(runLengths(raw([0, 1, 2, 4, 5, 60, 61]))).toEqual([5, 2]);
  expect(runLengths(cells([0, 300, 600, 3_000, 3_300]))).toEqual([3, 2]);
  expect(runLengths(raw([]))).toEqual([]);
});

test("a lone reading between two gaps is one run of its own", () => {
  expect(runLengths(raw([0, 1, 2, 100, 200, 201]))).toEqual([3, 1, 2]);
});

test("readings that came more slowly in the past are no gaps", () => {
  expect(runLengths(raw([0, 60, 120, 180, 240]))).toEqual([5]);
});

test("a new reading follows as itself where readings are shown, and not twice", () => {
  const series = withReading(raw([0, 1]), { atMs: 2_000, value: 7 });
  expect(series.points.at(-1)).toEqual({ atMs: 2_000, widthMs: 0, min: 7, max: 7, mean: 7, count: 1 });
  expect(withReading(series, { atMs: 2_000, value: 8 })).toBe(series);
  expect(withReading(series, { atMs: 1_500, value: 8 })).toBe(series);
});

test("where cells are shown it goes into the last one, then into the next", () => {
  const series = cells([0, 300]);
  const within = withReading(series, { atMs: 400_000, value: 600 });
  expect(within.points).toHaveLength(2);
  expect(within.points[1]).toMatchObject({ atMs: 300_000, max: 600, count: 301 });
  const next = withReading(within, { atMs: 700_000, value: 5 });
  expect(next.points[2]).toMatchObject({ atMs: 600_000, widthMs: 300_000, mean: 5, count: 1 });
  const later = withReading(next, { atMs: 2_000_000, value: 6 });
  expect(later.points[3]).toMatchObject({ atMs: 1_800_000, count: 1 });
  expect(runLengths(later)).toEqual([3, 1]);
});

test("the mean of a cell is the mean of what went into it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (values) => {
        let series: Series = { points: [], stepMs: 60_000, resolution: "5m" };
        series = cells([0, 60]);
        for (const [n, value] of values.entries())
          series = withReading(series, { atMs: 120_000 + n * 1_000, value });
        const cell = series.points[2];
        expect(cell?.count).toBe(values.length);
        expect(cell?.mean).toBeCloseTo(values.reduce((sum, v) => sum + v, 0) / values.length, 6);
        expect(cell?.min).toBe(Math.min(...values));
        expect(cell?.max).toBe(Math.max(...values));
      },
    ),
  );
});

test("the nearest point is the nearest of all", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: -500, max: 11_000_000 }),
      (seconds, atMs) => {
        const { points } = raw(seconds.toSorted((a, b) => a - b));
        const found = nearestTo(points, atMs);
        const best = Math.min(...points.map((point) => Math.abs(point.atMs - atMs)));
        expect(Math.abs((found?.atMs ?? Number.NaN) - atMs)).toBe(best);
      },
    ),
  );
  expect(nearestTo([], 0)).toBeNull();
});

test("points within a span touch it, and are all there are where all do", () => {
  const series = raw([0, 1, 2, 3]);
  expect(pointsWithin(series, 0, 3_000)).toBe(series.points);
  expect(pointsWithin(series, 1_000, 2_500).map(({ atMs }) => atMs)).toEqual([1_000, 2_000]);
  expect(pointsWithin(series, 9_000, 9_500)).toEqual([]);
  expect(shifted(series, 500).points[0]?.atMs).toBe(500);
});
