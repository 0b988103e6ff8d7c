import fc from "fast-check";
import { expect, test } from "vitest";
import {
  affordableRows,
  gridOver,
  rollupFor,
  segmentsOf,
  stepOf,
} from "#main/storage/repositories/history-plan.ts";

const LAST_MS = Date.UTC(10_000, 0) - 1;
const instant = fc.integer({ min: 0, max: LAST_MS });
const resolution = fc.constantFrom("raw", "5m", "1h", "1d");
const spanOf = (a: number, b: number) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) });

test("segments cover a span without gap or overlap, rollups by whole buckets only", () => {
  fc.assert(
    fc.property(instant, instant, resolution, (a, b, level) => {
      const span = spanOf(a, b);
      const segments = segmentsOf(span, level);
      let reachedMs = span.fromMs;
      for (const segment of segments) {
        expect(segment.fromMs).toBe(reachedMs);
        expect(segment.toMs).toBeGreaterThan(segment.fromMs);
        expect(segment.fromMs % stepOf(segment.resolution)).toBe(0);
        expect(segment.toMs % stepOf(segment.resolution)).toBe(0);
        reachedMs = segment.toMs;
      }
      expect(reachedMs).toBe(segments.length === 0 ? span.fromMs : span.toMs);
      expect(segments.length).toBeLessThanOrEqual(7);
    }),
  );
});

test("the middle of a long span is of the level asked for, its rims of finer ones", () => {
  const hourMs = stepOf("1h");
  const segments = segmentsOf({ fromMs: hourMs / 2 + 1, toMs: 100 * hourMs + 7 }, "1h");
  expect(segments.map((s) => s.resolution)).toEqual(["raw", "5m", "1h", "raw"]);
});

test("a grid has at most the points asked for and never splits a bucket", () => {
  fc.assert(
    fc.property(instant, instant, resolution, fc.integer({ min: 1, max: 10_000 }), (a, b, level, maxPoints) => {
      const span = spanOf(a, b);
      const { originMs, widthMs } = gridOver(span, stepOf(level), maxPoints);
      const cellOf = (atMs: number) => Math.floor((atMs - originMs) / widthMs);
      if (span.toMs > span.fromMs)
        expect(cellOf(span.toMs - 1) - cellOf(span.fromMs) + 1).toBeLessThanOrEqual(maxPoints);
      if (maxPoints > 1) expect(widthMs % stepOf(level)).toBe(0);
    }),
  );
});

test("the rollup is the finest whose rows are affordable", () => {
  const dayMs = stepOf("1d");
  const spanOfDays = (days: number) => ({ fromMs: 0, toMs: days * dayMs });
  expect(rollupFor(spanOfDays(30), 30, 1000)).toBe("5m");
  expect(rollupFor(spanOfDays(365), 365, 1000)).toBe("1h");
  expect(rollupFor(spanOfDays(3650), 3650, 1000)).toBe("1d");
  expect(rollupFor(spanOfDays(3_000_000), 3_000_000, 1)).toBe("1d");
  expect(affordableRows(1000)).toBe(10_000);
});

test("a long span with few days of data is as fine as those days", () => {
  expect(rollupFor({ fromMs: 0, toMs: LAST_MS }, 10, 1000)).toBe("5m");
});
