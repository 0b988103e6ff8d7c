import fc from "fast-check";
import { expect, test } from "vitest";
import { nextTimeOfDay, nextWeekly, quietUntilMs } from "#main/notifications/zone-times.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const at = (text: string) => Date.parse(text);
const NIGHT = { from: "22:00", to: "07:00" };

test("quiet hours end on the tank's clock, whichever side of midnight it is", () => {
  expect(iso(quietUntilMs(BERLIN, at("2026-06-01T21:00:00Z"), NIGHT))).toBe("2026-06-02T05:00:00.000Z");
  expect(iso(quietUntilMs(BERLIN, at("2026-06-02T01:00:00Z"), NIGHT))).toBe("2026-06-02T05:00:00.000Z");
  expect(quietUntilMs(BERLIN, at("2026-06-02T05:00:00Z"), NIGHT)).toBeNull();
  expect(quietUntilMs(BERLIN, at("2026-06-01T12:00:00Z"), NIGHT)).toBeNull();
});

test("the night the clocks go forward is an hour shorter, the night they go back an hour longer", () => {
  expect(iso(quietUntilMs(BERLIN, at("2026-03-28T22:00:00Z"), NIGHT))).toBe("2026-03-29T05:00:00.000Z");
  expect(iso(quietUntilMs(BERLIN, at("2026-10-24T21:00:00Z"), NIGHT))).toBe("2026-10-25T06:00:00.000Z");
});

test("an end that the clock skips is the first moment after the gap", () => {
  const window = { from: "22:00", to: "02:30" };
  expect(iso(quietUntilMs(BERLIN, at("2026-03-28T23:00:00Z"), window))).toBe("2026-03-29T01:00:00.000Z");
});

test("an end that the clock shows twice is over at the first", () => {
  const window = { from: "22:00", to: "02:30" };
  expect(iso(quietUntilMs(BERLIN, at("2026-10-25T00:15:00Z"), window))).toBe("2026-10-25T00:30:00.000Z");
  expect(quietUntilMs(BERLIN, at("2026-10-25T01:15:00Z"), window)).toBeNull();
});

test("hours that end when they begin are none, and a zone nobody knows reads as UTC", () => {
  expect(quietUntilMs(BERLIN, at("2026-06-01T12:00:00Z"), { from: "08:00", to: "08:00" })).toBeNull();
  expect(iso(nextTimeOfDay("Nowhere/Atlantis", at("2026-06-01T12:00:00Z"), "08:00"))).toBe(
    "2026-06-02T08:00:00.000Z",
  );
});

test("a weekly message comes on its weekday, and not twice", () => {
  const sunday = { weekday: 7, timeOfDay: "10:00" };
  const first = nextWeekly(BERLIN, at("2026-06-01T12:00:00Z"), sunday);
  expect(iso(first)).toBe("2026-06-07T08:00:00.000Z");
  expect(iso(nextWeekly(BERLIN, first, sunday))).toBe("2026-06-14T08:00:00.000Z");
});

test("in any zone, any window and at any instant, quiet ends within a day and a bit, and is over then", () => {
  const time = fc
    .integer({ min: 0, max: 1_439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`);
  const zone = fc.constantFrom(
    BERLIN,
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
  );
  const instant = fc.integer({
    min: at("2026-01-01T00:00:00Z") / 60_000,
    max: at("2027-01-01T00:00:00Z") / 60_000,
  });
  fc.assert(
    fc.property(zone, instant, time, time, (zoneName, minute, from, to) => {
      const nowMs = minute * 60_000;
      const endMs = quietUntilMs(zoneName, nowMs, { from, to });
      if (endMs === null) return;
      expect(endMs).toBeGreaterThan(nowMs);
      expect(endMs - nowMs).toBeLessThanOrEqual(25 * HOUR);
      expect(quietUntilMs(zoneName, endMs, { from, to })).toBeNull();
    }),
    { numRuns: 300 },
  );
});
