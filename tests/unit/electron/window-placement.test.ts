import fc from "fast-check";
import { expect, test } from "vitest";
import { placementOn } from "#main/electron/window-placement.ts";

const LAPTOP = { x: 0, y: 0, width: 1440, height: 860 };
const SECOND = { x: 1440, y: -200, width: 1920, height: 1080 };
const saved = { x: 1500, y: 100, width: 1000, height: 700, isMaximized: false };

test("the first time it is in the middle of the first display", () => {
  expect(placementOn(null, [LAPTOP])).toEqual({ x: 80, y: 30, width: 1280, height: 800, isMaximized: false });
});

test("it comes back where it was, on a second display too", () => {
  expect(placementOn(saved, [LAPTOP, SECOND])).toEqual(saved);
  expect(placementOn({ ...saved, isMaximized: true }, [LAPTOP, SECOND]).isMaximized).toBe(true);
});

test("a display that is gone takes the window's place along, not its size", () => {
  expect(placementOn(saved, [LAPTOP])).toMatchObject({ x: 220, y: 80, width: 1000, height: 700 });
});

test("wherever it was, its upper edge can be grabbed and it fits a display", () => {
  const pixels = fc.integer({ min: -5_000, max: 5_000 });
  const sizes = fc.integer({ min: 1, max: 9_000 });
  const placements = fc.record({ x: pixels, y: pixels, width: sizes, height: sizes, isMaximized: fc.boolean() });
  fc.assert(
    fc.property(placements, (before) => {
      const displays = [LAPTOP, SECOND];
      const { x, y, width, height } = placementOn(before, displays);
      const isInReach = displays.some(
        (area) =>
          Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 120 &&
          y >= area.y &&
          y + 40 <= area.y + area.height &&
          width <= area.width &&
          height <= area.height,
      );
      expect(isInReach).toBe(true);
    }),
  );
});
