import fc from "fast-check";
import { expect, test } from "vitest";
import { calibratorFor } from "#domain/calibration/calibrate.ts";

test("without a calibration the raw value stands", () => {
  expect(calibratorFor(null)(8.13)).toBe(8.13);
  expect(calibratorFor({ points: [] })(8.13)).toBe(8.13);
});

test("an offset and a single point shift", () => {
  expect(calibratorFor({ offset: 0.3 })(25)).toBe(25.3);
  expect(calibratorFor({ points: [{ raw: 25, actual: 25.5 }] })(24)).toBe(24.5);
});

test("two points make a line, in whatever order they were measured", () => {
  const calibrate = calibratorFor({
    points: [
      { raw: 1.5, actual: 7 },
      { raw: 2.1, actual: 4 },
    ],
  });
  expect(calibrate(1.5)).toBeCloseTo(7, 9);
  expect(calibrate(2.1)).toBeCloseTo(4, 9);
  expect(calibrate(1.3)).toBeCloseTo(8, 9);
});

test("three points make two lines that meet at the middle one and go on beyond the ends", () => {
  const calibrate = calibratorFor({
    points: [
      { raw: 10, actual: 10 },
      { raw: 4, actual: 4.3 },
      { raw: 7, actual: 7 },
    ],
  });
  expect(calibrate(4)).toBeCloseTo(4.3, 9);
  expect(calibrate(7)).toBeCloseTo(7, 9);
  expect(calibrate(8.5)).toBeCloseTo(8.5, 9);
  expect(calibrate(11)).toBeCloseTo(11, 9);
  expect(calibrate(1)).toBeCloseTo(1.6, 9);
});

test("every point of a calibration comes out as its actual value", () => {
  const point = fc.record({
    raw: fc.integer({ min: -2_000, max: 2_000 }),
    actual: fc.double({ min: -100, max: 100, noNaN: true }),
  });
  const points = fc.uniqueArray(point, { minLength: 1, maxLength: 3, selector: (p) => p.raw });
  fc.assert(
    fc.property(points, (measured) => {
      const calibrate = calibratorFor({ points: measured });
      for (const p of measured) expect(calibrate(p.raw)).toBeCloseTo(p.actual, 6);
    }),
  );
});
