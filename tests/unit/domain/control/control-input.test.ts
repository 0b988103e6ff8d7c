import { expect, test } from "vitest";
import type { Reading } from "#contract/readings.ts";
import { controlInputFrom } from "#domain/control/control-input.ts";
import { DutyMeter } from "#domain/control/duty-meter.ts";
import { readingOf } from "#tests/builders/reading.ts";

const heard = (fields: Partial<Reading> = {}) => ({ reading: readingOf(fields), publishedAtMonotonicMs: 0 });

test("only a good and fresh value may be acted on", () => {
  expect(controlInputFrom(heard(), "temperature", 90_000)).toEqual({ isUsable: true, value: 25.5 });
  expect(controlInputFrom(null, "temperature", 0)).toEqual({ isUsable: false, problem: "has no reading yet" });
  expect(controlInputFrom(heard({ quality: "bad", value: null, reason: "comm" }), "temperature", 0)).toEqual({
    isUsable: false,
    problem: "is bad (comm)",
  });
  expect(controlInputFrom(heard({ quality: "uncertain", reason: null }), "temperature", 0)).toEqual({
    isUsable: false,
    problem: "is uncertain",
  });
  expect(controlInputFrom(heard({ value: null }), "temperature", 0).isUsable).toBe(false);
});

test("a good reading that is too old may not, whatever its quality says", () => {
  expect(controlInputFrom(heard(), "temperature", 90_001)).toEqual({
    isUsable: false,
    problem: "is silent for 90 s",
  });
  expect(controlInputFrom(heard(), "level", 30_001).isUsable).toBe(false);
  expect(controlInputFrom(heard({ coversS: 60 }), "temperature", 180_000).isUsable).toBe(true);
});

test("a probe that is asked once a day is believed for half an hour, not for three days", () => {
  expect(controlInputFrom(heard({ coversS: 86_400 }), "temperature", 1_800_000).isUsable).toBe(true);
  expect(controlInputFrom(heard({ coversS: 86_400 }), "temperature", 1_800_001).isUsable).toBe(false);
});

test("duty is the share of the last hour, unknown for the first minute", () => {
  const meter = new DutyMeter(0);
  meter.note(true, 0);
  meter.note(true, 5_000);
  expect(meter.dutyPct(59_999)).toBeNull();
  expect(meter.dutyPct(60_000)).toBe(100);
  meter.note(false, 60_000);
  meter.note(false, 70_000);
  expect(meter.dutyPct(120_000)).toBe(50);
  meter.note(true, 3_600_000);
  meter.note(false, 5_400_000);
  expect(meter.dutyPct(5_400_000)).toBe(50);
  expect(meter.dutyPct(9_000_000)).toBe(0);
  meter.note(true, 9_000_000);
  meter.note(false, 9_036_000);
  expect(meter.dutyPct(9_036_000)).toBe(1);
});
