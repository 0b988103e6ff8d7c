import fc from "fast-check";
import { expect, test } from "vitest";
import { extentOfChoice, isTooLong, viewWithin } from "../../../src-renderer/features/what-if/span-choice.ts";

const DAY_MS = 86_400_000;

test("the last hours end now; a custom span is what it is", () => {
  expect(extentOfChoice({ kind: "last", span: "6h" }, DAY_MS)).toEqual({ fromMs: DAY_MS * 0.75, toMs: DAY_MS });
  const extent = { fromMs: 10, toMs: 20 };
  expect(extentOfChoice({ kind: "custom", extent }, DAY_MS)).toBe(extent);
});

test("more than 31 days are too many", () => {
  expect(isTooLong({ fromMs: 0, toMs: 31 * DAY_MS })).toBe(false);
  expect(isTooLong({ fromMs: 0, toMs: 31 * DAY_MS + 1 })).toBe(true);
});

test("a view never leaves what was worked out, and keeps its length where that fits", () => {
  const whole = { fromMs: 0, toMs: DAY_MS };
  expect(viewWithin({ fromMs: -3_600_000, toMs: 3_600_000 }, whole)).toEqual({ fromMs: 0, toMs: 7_200_000 });
  expect(viewWithin({ fromMs: -5, toMs: 2 * DAY_MS }, whole)).toEqual(whole);
  const instant = fc.integer({ min: -2 * DAY_MS, max: 3 * DAY_MS });
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 3 * DAY_MS }), (fromMs, lengthMs) => {
      const view = viewWithin({ fromMs, toMs: fromMs + lengthMs }, whole);
      expect(view.fromMs).toBeGreaterThanOrEqual(0);
      expect(view.toMs).toBeLessThanOrEqual(DAY_MS);
      expect(view.toMs - view.fromMs).toBeGreaterThanOrEqual(60_000);
    }),
  );
});
