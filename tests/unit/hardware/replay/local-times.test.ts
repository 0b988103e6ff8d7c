import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { IanaZone } from "#main/hardware/replay/iana-zone.ts";
import { WallTimes, wallMsFrom } from "#main/hardware/replay/local-times.ts";

test.each([
  ["2025-01-31", "00:00", "2025-01-31T00:00:00.000Z"],
  ["01/31/2025", "23:59:59", "2025-01-31T23:59:59.000Z"],
  ["1/2/2025", "7:05", "2025-01-02T07:05:00.000Z"],
  ["2024-02-29", "12:00:00.25", "2024-02-29T12:00:00.250Z"],
])("%s %s is read", (date, time, wall) => {
  expect(new Date(wallMsFrom(date, time) ?? Number.NaN).toISOString()).toBe(wall);
});

test.each([
  ["2025-02-29", "00:00"],
  ["2025-13-01", "00:00"],
  ["2025-01-00", "00:00"],
  ["31/01/2025", "00:00"],
  ["2025-01-01", "24:00"],
  ["2025-01-01", "00:60"],
  ["2025-01-01", "00:00:60"],
  ["2025-01-01", ""],
  ["", "00:00"],
])("%s %s is no wall time", (date, time) => {
  expect(wallMsFrom(date, time)).toBeNull();
});

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Africa/Casablanca",
  "UTC",
];

test("a recording's own instants are found again from its wall readings, through both changes of every zone", () => {
  const spans = fc.record({
    zone: fc.constantFrom(...zones),
    startMs: fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2037, 0) }),
    everyMin: fc.constantFrom(2, 5, 10, 30),
  });
  fc.assert(
    fc.property(spans, ({ zone, startMs, everyMin }) => {
      const walls = new WallTimes(new IanaZone(zone));
      const firstMs = Math.floor(startMs / 1_800_000) * 1_800_000;
      for (const firstAtMs of [firstMs, nextChangeMs(zone, firstMs) - 7_200_000]) {
        for (let atMs = firstAtMs; atMs < firstAtMs + 14_400_000; atMs += everyMin * 60_000) {
          expect(walls.instantOf(`${firstAtMs}`, wallOf(zone, atMs))).toBe(atMs);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("regular rows show the second pass even where none fell into the first", () => {
  const walls = new WallTimes(new IanaZone("Europe/Berlin"));
  const instants = [-5, -2.5, 0, 2.5, 5].map((hours) => Date.UTC(2025, 9, 26, 1, 30) + hours * 3_600_000);
  expect(instants.map((atMs) => walls.instantOf("T", wallOf("Europe/Berlin", atMs)))).toEqual(instants);
});

function wallOf(zone: string, atMs: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  return atMs + at.offsetNanoseconds / 1e6;
}

function nextChangeMs(zone: string, atMs: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  return at.getTimeZoneTransition("next")?.epochMilliseconds ?? atMs;
}
