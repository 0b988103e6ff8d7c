import fc from "fast-check";
import { expect, test } from "vitest";
import type { Calibration } from "#contract/channels.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import {
  type CalibrationDraft,
  calibrationFrom,
  calibrationProblem,
  EMPTY_POINT,
  rawOf,
} from "../../../src-renderer/features/channel/calibration-draft.ts";
import { steadinessOf } from "../../../src-renderer/features/channel/raw-window.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

const FAHRENHEIT = displayUnitOf("temperature", "°C", { temperatureUnit: "F", salinityUnit: "ppt" });
const PH = displayUnitOf("ph", "pH", { temperatureUnit: "C", salinityUnit: "ppt" });
const FRESH: CalibrationDraft = { method: "offset", offsetShown: 0, points: [EMPTY_POINT, EMPTY_POINT] };
const judged = (draft: CalibrationDraft, present: Calibration | null = null) =>
  calibrationProblem(draft, { display: PH, quantity: "ph", present });

test("an offset in °F is a difference, and a true value in °F a temperature", () => {
  expect(calibrationFrom({ ...FRESH, offsetShown: 0.9 }, FAHRENHEIT)).toEqual({ offset: 0.5 });
  const one: CalibrationDraft = { ...FRESH, method: "one", points: [{ raw: 25.1, actualShown: 77 }] };
  expect(calibrationFrom(one, FAHRENHEIT)).toEqual({ points: [{ raw: 25.1, actual: 25 }] });
});

test("a calibration that is not complete, or contradicts itself, says why it cannot be saved", () => {
  expect(judged(FRESH)).toBe("offset");
  expect(judged({ ...FRESH, offsetShown: Number.NaN })).toBe("offset");
  expect(judged({ ...FRESH, offsetShown: 0.1 })).toBeNull();
  expect(judged({ ...FRESH, offsetShown: 0.1 }, { offset: 0.1 })).toBe("offset");
  expect(judged({ ...FRESH, method: "two" })).toBe("points");
  const at = (raw: number, actualShown: number) => ({ raw, actualShown });
  expect(judged({ ...FRESH, method: "two", points: [at(7, 7), at(7, 10)] })).toBe("distinct");
  expect(judged({ ...FRESH, method: "two", points: [at(7, 7), at(9.9, 10)] })).toBeNull();
  expect(judged({ ...FRESH, method: "two", points: [at(7, 7), at(8, 10)] })).toMatchObject({
    sentence: expect.stringContaining("slope"),
  });
});

test("the raw value is the calibration the other way round", () => {
  const value = fc.double({ min: -50, max: 50, noNaN: true });
  const slope = fc.oneof(
    fc.double({ min: 0.2, max: 5, noNaN: true }),
    fc.double({ min: -5, max: -0.2, noNaN: true }),
  );
  fc.assert(
    fc.property(value, value, slope, slope, fc.nat(3), (raw, offset, first, second, kind) => {
      const sameWay = Math.sign(first) * Math.abs(second);
      const points = [
        { raw: -5, actual: -5 * first },
        { raw: 0, actual: 0 },
        { raw: 8, actual: 8 * sameWay },
      ];
      const calibrations: readonly (Calibration | null)[] = [
        null,
        { offset },
        { points: points.slice(0, 2) },
        { points },
      ];
      const calibration = calibrations[kind] ?? null;
      expect(rawOf(calibratorFor(calibration)(raw), calibration)).toBeCloseTo(raw, 6);
    }),
  );
  expect(rawOf(1e9, null)).toBeNull();
});

test("a raw value is steady when it was watched long enough and hardly moved", () => {
  const samples = (spread: number, seconds: number) =>
    Array.from({ length: seconds }, (_, n) => ({ atMs: n * 1_000, raw: 7 + (n % 2) * spread }));
  expect(steadinessOf([], 0.01)).toBeNull();
  expect(steadinessOf(samples(0, 10), 0.01)).toBeNull();
  expect(steadinessOf(samples(0.01, 30), 0.01)).toMatchObject({ isSteady: true });
  expect(steadinessOf(samples(0.5, 30), 0.01)).toMatchObject({ isSteady: false, spread: 0.25 });
});
