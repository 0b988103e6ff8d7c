import { expect, test } from "vitest";
import { holdSeconds, tomorrowMorningMs } from "../../../src-renderer/features/equipment/hold-times.ts";

const at = (iso: string) => Date.parse(iso);
const instant = (ms: number) => new Date(ms).toISOString();
const BERLIN = "Europe/Berlin";

test("tomorrow's morning is the tank's, not UTC's", () => {
  expect(instant(tomorrowMorningMs(at("2026-11-23T22:30:00Z"), BERLIN))).toBe("2026-11-24T07:00:00.000Z");
  expect(instant(tomorrowMorningMs(at("2026-11-23T23:30:00Z"), BERLIN))).toBe("2026-11-25T07:00:00.000Z");
  expect(instant(tomorrowMorningMs(at("2026-11-23T12:00:00Z"), "Pacific/Honolulu"))).toBe(
    "2026-11-24T18:00:00.000Z",
  );
});

test("it is eight o'clock after both nights on which the clocks change", () => {
  expect(instant(tomorrowMorningMs(at("2026-03-28T20:00:00Z"), BERLIN))).toBe("2026-03-29T06:00:00.000Z");
  expect(instant(tomorrowMorningMs(at("2026-10-24T20:00:00Z"), BERLIN))).toBe("2026-10-25T07:00:00.000Z");
});

test("each choice is whole seconds", () => {
  const asked = { customMin: 30, nowMs: at("2026-11-23T20:00:00.500Z"), timeZone: BERLIN };
  expect(holdSeconds({ choice: "15min", ...asked })).toBe(900);
  expect(holdSeconds({ choice: "1h", ...asked })).toBe(3_600);
  expect(holdSeconds({ choice: "tomorrow", ...asked })).toBe(11 * 3_600);
  expect(holdSeconds({ choice: "custom", ...asked })).toBe(1_800);
});

test.each([Number.NaN, 0, -5, 10_081, Number.POSITIVE_INFINITY])(
  "%s minutes is no time to hold for",
  (customMin) => {
    const asked = { customMin, nowMs: 0, timeZone: "UTC" };
    expect(holdSeconds({ choice: "custom", ...asked })).toBeNull();
  },
);
