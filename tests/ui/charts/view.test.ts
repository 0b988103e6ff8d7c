import fc from "fast-check";
import { expect, test } from "vitest";
import { before, extentOf, lastOf, panned, rangeOf, viewOf, zoomed } from "../../../src-renderer/charts/view.ts";

const NOW_MS = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const extents = fc
  .tuple(fc.integer({ min: 0, max: NOW_MS + DAY_MS }), fc.integer({ min: 1, max: 20 * 365 * DAY_MS }))
  .map(([fromMs, spanMs]) => ({ fromMs, toMs: fromMs + spanMs }));

test("a view never reaches into the future, and is between a minute and ten years long", () => {
  fc.assert(
    fc.property(extents, (extent) => {
      const { fromMs, toMs } = extentOf(viewOf(extent, NOW_MS), NOW_MS);
      expect(toMs).toBeLessThanOrEqual(NOW_MS);
      expect(toMs - fromMs).toBeGreaterThanOrEqual(60_000 - 1);
      expect(toMs - fromMs).toBeLessThanOrEqual(10 * 366 * DAY_MS + 1);
    }),
  );
});

test("what ends now follows the clock; what ended before stays", () => {
  const hour = extentOf(lastOf("1h"), NOW_MS);
  expect(viewOf(hour, NOW_MS)).toEqual(lastOf("1h"));
  expect(rangeOf(viewOf(hour, NOW_MS))).toBe("1h");
  const earlier = viewOf(panned(hour, -0.5), NOW_MS);
  expect(earlier).toMatchObject({ kind: "fixed", toMs: NOW_MS - 1_800_000 });
  expect(rangeOf(earlier)).toBeNull();
  expect(rangeOf({ kind: "last", spanMs: 12_345 })).toBeNull();
  expect(viewOf(panned(hour, 2), NOW_MS)).toEqual(lastOf("1h"));
});

test("zooming keeps what is under the finger where it is, and in undoes out", () => {
  fc.assert(
    fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
      const spanMs = extent.toMs - extent.fromMs;
      // No view is shorter than a minute; in a span of a millisecond a date's own rounding would be seen.
      fc.pre(spanMs >= 60_000);
      const centerMs = extent.fromMs + share * spanMs;
      const closer = zoomed(extent, 2, centerMs);
      expect((centerMs - closer.fromMs) / (closer.toMs - closer.fromMs)).toBeCloseTo(share, 5);
      expect(closer.toMs - closer.fromMs).toBeCloseTo(spanMs / 2, 3);
      const back = zoomed(closer, 0.5, centerMs);
      expect(back.fromMs).toBeCloseTo(extent.fromMs, 0);
    }),
  );
});

test("the span before ends where this one begins", () => {
  expect(before({ fromMs: 50, toMs: 80 })).toEqual({ fromMs: 20, toMs: 50 });
});
