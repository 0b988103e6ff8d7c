import { expect, test } from "vitest";
import { AlarmDefinition } from "#contract/alarms.ts";
import { conditionOf } from "#domain/alarms/condition.ts";
import { DEFAULT_MIDPOINT, defaultAlarms } from "#domain/alarms/default-alarms.ts";

const of = (kind: string, setpoint: number | null = null) =>
  AlarmDefinition.parse({
    id: "01890000-0000-7000-8000-000000000001",
    name: "x",
    channelId: "01890000-0000-7000-8000-000000000002",
    kind,
    setpoint,
    deadband: 0.2,
    onDelayS: 0,
    offDelayS: 0,
    priority: "low",
    latching: false,
    response: "Look.",
  });
const good = (value: number) => ({ value, quality: "good", reason: null }) as const;

test("limits are violated beyond the setpoint and clear inside by the deadband", () => {
  expect([23.9, 24, 24.1, 24.2].map((v) => conditionOf(of("low", 24), good(v)))).toEqual([
    "violated",
    "between",
    "between",
    "clear",
  ]);
  expect([26.1, 26, 25.9, 25.8].map((v) => conditionOf(of("high", 26), good(v)))).toEqual([
    "violated",
    "between",
    "between",
    "clear",
  ]);
  expect(conditionOf(of("low-low", 23), good(22))).toBe("violated");
  expect(conditionOf(of("high-high", 28), good(29))).toBe("violated");
});

test("a limit without a setpoint is never violated", () => {
  expect(conditionOf(of("low"), good(-1e9))).toBe("clear");
  expect(conditionOf(of("high"), good(1e9))).toBe("clear");
});

test.each([
  [{ value: null, quality: "bad", reason: "comm" }, "unknown", "violated", "clear"],
  [{ value: 25, quality: "uncertain", reason: "rate" }, "unknown", "violated", "clear"],
  [{ value: 25, quality: "uncertain", reason: "stale" }, "unknown", "between", "violated"],
  [{ value: null, quality: "bad", reason: "no-reading" }, "unknown", "clear", "violated"],
  [good(25), "clear", "clear", "clear"],
] as const)("%o is %s to a limit, %s to bad-measurement, %s to stale", (input, limit, badMeasurement, stale) => {
  expect(conditionOf(of("high", 26.7), input)).toBe(limit);
  expect(conditionOf(of("bad-measurement"), input)).toBe(badMeasurement);
  expect(conditionOf(of("stale"), input)).toBe(stale);
});

test("the default limits stand around their midpoint, in order, each with a response", () => {
  for (const quantity of ["temperature", "ph", "orp", "salinity"] as const) {
    const alarms = defaultAlarms(quantity, 3);
    const setpoints = alarms.flatMap((a) => (a.setpoint === null ? [] : [a.setpoint]));
    const midpoint = (DEFAULT_MIDPOINT[quantity] ?? Number.NaN) + 3;
    expect(setpoints).toHaveLength(4);
    expect(setpoints).toEqual(setpoints.toSorted((a, b) => a - b));
    expect(setpoints[1]).toBeLessThan(midpoint);
    expect(setpoints[2]).toBeGreaterThan(midpoint);
    expect(alarms.map((a) => a.kind)).toEqual(["low-low", "low", "high", "high-high", "bad-measurement", "stale"]);
    expect(alarms.every((a) => a.response.length > 20)).toBe(true);
  }
  expect(defaultAlarms("power")).toEqual([]);
  expect(
    defaultAlarms("temperature")
      .map((a) => [a.setpoint, a.onDelayS, a.offDelayS])
      .slice(0, 4),
  ).toEqual([
    [23.5, 30, 60],
    [24.4, 120, 60],
    [26.7, 120, 60],
    [27.8, 30, 60],
  ]);
});
