import { expect, test } from "vitest";
import { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import { conditionOf } from "#domain/alarms/condition.ts";
import { alarmsOf, defaultAlarms, setpointShift } from "#domain/alarms/default-alarms.ts";
import { DEFAULT_MIDPOINT } from "#domain/alarms/limit-table.ts";
import { newId } from "#main/platform/ids.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";

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
    const setpoints = alarms.slice(0, 4).flatMap((a) => (a.setpoint === null ? [] : [a.setpoint]));
    const midpoint = (DEFAULT_MIDPOINT[quantity] ?? Number.NaN) + 3;
    expect(setpoints).toHaveLength(4);
    expect(setpoints).toEqual(setpoints.toSorted((a, b) => a - b));
    expect(setpoints[1]).toBeLessThan(midpoint);
    expect(setpoints[2]).toBeGreaterThan(midpoint);
    expect(alarms.map((a) => a.kind).filter((kind) => kind !== "rate-of-change")).toEqual([
      "low-low",
      "low",
      "high",
      "high-high",
      "bad-measurement",
      "stale",
    ]);
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

const WATER = channelConfig({ name: "Display" });
const thermostat = (changes: Record<string, unknown>) =>
  ThermostatConfig.parse({
    id: newId(0),
    type: "thermostat",
    name: "T",
    sensorChannelId: WATER.id,
    heaterChannelId: newId(9),
    ...changes,
  });
const limitsOf = (channel: ChannelConfig, loops: readonly LoopConfig[]) =>
  alarmsOf(channel, loops).flatMap(({ kind, setpoint }) =>
    setpoint === null || kind === "rate-of-change" ? [] : [setpoint],
  );

test("the default limits of a probe stand around what its thermostat holds", () => {
  expect(limitsOf(WATER, [])).toEqual([23.5, 24.4, 26.7, 27.8]);
  expect(limitsOf(WATER, [thermostat({ setpointC: 24 })])).toEqual([22, 22.9, 25.2, 26.3]);
  expect(limitsOf(WATER, [thermostat({ setpointC: 24, isEnabled: false })])).toEqual([23.5, 24.4, 26.7, 27.8]);
});

test("another probe of the same water follows the tank's only thermostat, and of two its own", () => {
  const sump = channelConfig({ name: "Sump", role: "sump", key: "sump" });
  const cool = thermostat({ setpointC: 24 });
  const warm = thermostat({ setpointC: 26, sensorChannelId: newId(1), secondSensorChannelId: sump.id });
  expect(limitsOf(sump, [cool])[0]).toBe(22);
  expect(limitsOf(sump, [cool, warm])[0]).toBe(24);
  expect(limitsOf(channelConfig({ name: "Other", key: "other" }), [cool, warm])[0]).toBe(23.5);
  expect(limitsOf(channelConfig({ name: "Room", role: "room", key: "room" }), [cool])).toEqual([]);
});

test("low limits follow the coolest it holds, high ones the warmest, and the outermost stay bearable", () => {
  const night = { from: "22:00", to: "08:00", setpointC: 24.5 };
  const seasons = [-1, -1, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, -1];
  expect(setpointShift(thermostat({ setpointC: 25.5, night, monthlyOffsetsC: seasons }))).toEqual({
    low: -2,
    high: 0.5,
  });
  expect(limitsOf(WATER, [thermostat({ setpointC: 20 })])[0]).toBe(20.5);
  expect(limitsOf(WATER, [thermostat({ setpointC: 29 })])[3]).toBe(30);
});

test("a wet leak sensor and a wet overflow float ring after a second until they are reset", () => {
  const leak = channelConfig({ name: "Leak", key: "leak", quantity: "leak", role: "generic" });
  const float = channelConfig({ name: "High float", key: "float", quantity: "level", role: "sump" });
  const topOff = LoopConfig.parse({
    id: newId(0),
    type: "top-off",
    name: "Top-off",
    pumpChannelId: newId(2),
    levelChannelId: newId(3),
    highLevelChannelId: float.id,
  });
  expect(alarmsOf(float, []).map(({ kind }) => kind)).toEqual(["bad-measurement", "stale"]);
  for (const alarms of [alarmsOf(leak, []), alarmsOf(float, [topOff])]) {
    const [wet, ...others] = alarms;
    expect(wet).toMatchObject({ kind: "high-high", onDelayS: 1, latching: true, priority: "critical" });
    expect(others.map(({ kind }) => kind)).toEqual(["bad-measurement", "stale"]);
    const definition = { ...of("high-high"), setpoint: wet?.setpoint ?? null, deadband: 0 };
    expect(conditionOf(definition, good(1))).toBe("violated");
    expect(conditionOf(definition, good(0))).toBe("clear");
  }
});
