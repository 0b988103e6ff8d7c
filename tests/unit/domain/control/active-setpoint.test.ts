import fc from "fast-check";
import { expect, test } from "vitest";
import { activeSetpointC } from "#domain/control/active-setpoint.ts";
import { isWithinSpan, type LocalTime, minutesUntil } from "#domain/control/local-time.ts";

const NOON: LocalTime = { year: 2026, month: 6, day: 16, minuteOfDay: 720 };
const at = (changes: Partial<LocalTime>): LocalTime => ({ ...NOON, ...changes });
const NIGHT = { setpointC: 24.5, from: "22:00", to: "06:30" };
const PLAIN = { setpointC: 25.5, night: null, monthlyOffsetsC: null };

test("without night and season it is the setpoint", () => {
  expect(activeSetpointC(PLAIN, NOON)).toBe(25.5);
});

test.each([
  [21 * 60 + 59, 25.5],
  [22 * 60, 24.5],
  [0, 24.5],
  [6 * 60 + 29, 24.5],
  [6 * 60 + 30, 25.5],
])("a night over midnight begins and ends on the minute (%i)", (minuteOfDay, expectedC) => {
  expect(activeSetpointC({ ...PLAIN, night: NIGHT }, at({ minuteOfDay }))).toBe(expectedC);
});

test("a span within a day, and one that is the whole day", () => {
  expect([719, 720, 779, 780].map((minute) => isWithinSpan(minute, { from: "12:00", to: "13:00" }))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isWithinSpan(5, { from: "12:00", to: "12:00" })).toBe(true);
});

test("the next time of a clock is ahead of now, at most a day", () => {
  expect(minutesUntil(60, "02:00")).toBe(60);
  expect(minutesUntil(180, "02:00")).toBe(1_380);
  expect(minutesUntil(120, "02:00")).toBe(1_440);
});

const YEAR = [-1, -1, 0, 0, 0, 1, 1, 1, 0, 0, 0, -1];

test("a month's offset holds in its middle, and between two middles it is on the straight line", () => {
  const seasonal = { ...PLAIN, monthlyOffsetsC: YEAR };
  const middleOfJune = { month: 6, day: 16, minuteOfDay: 0 };
  expect(activeSetpointC(seasonal, at(middleOfJune))).toBeCloseTo(26.5, 10);
  // May 16, noon to June 16, midnight is 30.5 days.
  expect(activeSetpointC(seasonal, at({ month: 5, day: 31, minuteOfDay: 1_080 }))).toBeCloseTo(26, 10);
  expect(activeSetpointC(seasonal, at({ month: 1, day: 1, minuteOfDay: 0 }))).toBeCloseTo(24.5, 10);
  expect(activeSetpointC(seasonal, at({ month: 12, day: 31, minuteOfDay: 1_439 }))).toBeCloseTo(24.5, 3);
});

test("an offset that is missing adds nothing", () => {
  expect(activeSetpointC({ ...PLAIN, monthlyOffsetsC: [] }, NOON)).toBe(25.5);
});

test("night and season add up, and stay in water a reef can live in", () => {
  const deep = Array.from({ length: 12 }, () => -5);
  expect(activeSetpointC({ ...PLAIN, night: NIGHT, monthlyOffsetsC: deep }, at({ minuteOfDay: 0 }))).toBe(19.5);
  expect(activeSetpointC({ ...PLAIN, setpointC: 12, monthlyOffsetsC: deep }, NOON)).toBe(10);
  const high = Array.from({ length: 12 }, () => 5);
  expect(activeSetpointC({ ...PLAIN, setpointC: 31, monthlyOffsetsC: high }, NOON)).toBe(32);
});

test("over a whole year it never jumps, and never leaves the offsets it was given", () => {
  const offsets = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 12, maxLength: 12 });
  const day = fc.integer({ min: 0, max: 730 });
  fc.assert(
    fc.property(offsets, day, (monthlyOffsetsC, ahead) => {
      const settings = { setpointC: 20, night: null, monthlyOffsetsC };
      const on = (index: number) => {
        const date = new Date(Date.UTC(2027, 0, 1 + index));
        const local = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          minuteOfDay: 0,
        };
        return activeSetpointC(settings, local);
      };
      expect(Math.abs(on(ahead) - on(ahead + 1))).toBeLessThanOrEqual(10 / 28);
      expect(on(ahead)).toBeGreaterThanOrEqual(20 + Math.min(...monthlyOffsetsC) - 1e-9);
      expect(on(ahead)).toBeLessThanOrEqual(20 + Math.max(...monthlyOffsetsC) + 1e-9);
    }),
  );
});
