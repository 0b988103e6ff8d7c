import { describe, expect, test } from "vitest";
import { type Loop, LoopCreate, Loop as LoopSchema } from "#contract/loops.ts";
import { defaultDayCapMl, dosePlan } from "../../../src-renderer/features/loops/dose-plan.ts";
import { isOutput, isSensor, measures, plays } from "../../../src-renderer/features/loops/fits.ts";
import { loopChecks } from "../../../src-renderer/features/loops/loop-checks.ts";
import {
  draftOf,
  firstLevels,
  type LoopDraft,
  newAction,
  newCondition,
  newDraft,
} from "../../../src-renderer/features/loops/loop-draft.ts";
import { LOOP_TYPES } from "../../../src-renderer/features/loops/loop-types.ts";
import { setpointSeries } from "../../../src-renderer/features/loops/setpoint-line.ts";
import { idOf, sensor } from "../tank/builders.ts";

const SINCE = "2026-11-23T10:00:00.000Z";
const CHANNELS = [
  sensor(1, { role: "display" }),
  sensor(2, { role: "room" }),
  sensor(3, { quantity: "level", role: "sump" }),
  sensor(4, { quantity: "level", role: "reservoir" }),
  sensor(5, { quantity: "leak", unit: "wet" }),
  sensor(6, { quantity: "ph" }),
  sensor(11, { kind: "switch", quantity: "generic", role: "heater" }),
  sensor(12, { kind: "switch", quantity: "generic", role: "top-off" }),
  sensor(13, { kind: "switch", quantity: "generic", role: "return-pump" }),
  sensor(14, { kind: "switch", quantity: "generic", role: "doser" }),
];
const TANK = { channels: CHANNELS, loops: [] as readonly Loop[], levelOf: () => 66.6 };

const THERMOSTAT = LoopSchema.parse({
  id: idOf(90),
  name: "Temperature",
  type: "thermostat",
  sensorChannelId: idOf(1),
  heaterChannelId: idOf(11),
  live: {
    type: "thermostat",
    state: "idle",
    text: "Idle.",
    since: SINCE,
    next: null,
    warnings: [],
    processVariableC: 25.5,
    activeSetpointC: 25.5,
    heaterDutyPct: null,
    heaterStartsLastDay: null,
  },
});

describe("a new loop", () => {
  test("takes what fits by quantity and role", () => {
    expect(newDraft("thermostat", TANK, "Temperature")).toMatchObject({
      sensorChannelId: idOf(1),
      heaterChannelId: idOf(11),
      chillerChannelId: null,
      roomSensorChannelId: idOf(2),
    });
    expect(newDraft("top-off", TANK, "Top-off")).toMatchObject({
      pumpChannelId: idOf(12),
      levelChannelId: idOf(3),
      fillBelow: 65,
      fillUntil: 67,
      reservoirChannelId: idOf(4),
      returnPumpChannelId: idOf(13),
      leakChannelIds: [idOf(5)],
    });
    expect(newDraft("doser", TANK, "Dosing")).toMatchObject({ pumpChannelId: idOf(14), phChannelId: idOf(6) });
  });

  test("leaves an output that another loop drives, and a name that is taken", () => {
    const draft = newDraft("thermostat", { ...TANK, loops: [THERMOSTAT] }, "Temperature");
    expect(draft).toMatchObject({ name: "Temperature 2", heaterChannelId: null });
  });

  test("of a tank that has nothing leaves everything to be chosen", () => {
    const bare = { channels: [], loops: [], levelOf: () => null };
    for (const type of LOOP_TYPES) expect(LoopCreate.safeParse(newDraft(type, bare, "A")).success).toBe(false);
  });

  test("a float has one limit, and so has a level nobody knows", () => {
    const float = sensor(7, { quantity: "level", unit: "" });
    const channels = [...CHANNELS, float];
    expect(firstLevels({ channels, levelOf: () => 1 }, float.id)).toEqual({ fillBelow: 0.5, fillUntil: 0.5 });
    expect(firstLevels({ channels, levelOf: () => null }, idOf(3))).toEqual({ fillBelow: 0.5, fillUntil: 0.5 });
  });

  test("every kind of condition and action can be begun", () => {
    for (const kind of ["above", "below", "output-on", "output-off", "mode", "time"] as const)
      expect(newCondition(kind).kind).toBe(kind);
    for (const kind of ["output", "mode", "alarm"] as const) expect(newAction(kind).kind).toBe(kind);
  });
});

test("a kept loop is edited as it is kept, and saved unchanged it is the same", () => {
  const { id: _, live: __, ...kept } = THERMOSTAT;
  expect(draftOf(THERMOSTAT)).toEqual(kept);
  expect(LoopCreate.parse(draftOf(THERMOSTAT))).toEqual(kept);
});

describe("what fields have against each other", () => {
  const withFields = (type: LoopDraft["type"], fields: object) =>
    loopChecks({ ...newDraft(type, TANK, "A"), ...fields } as LoopDraft);

  test("the second probe is another one", () => {
    expect([...withFields("thermostat", { secondSensorChannelId: idOf(1) }).keys()]).toEqual([
      "secondSensorChannelId",
    ]);
    expect(withFields("thermostat", { secondSensorChannelId: idOf(2) }).size).toBe(0);
  });

  test("filling ends above where it begins, and the pH window is one", () => {
    expect([...withFields("top-off", { fillBelow: 60, fillUntil: 50 }).keys()]).toEqual(["fillUntil"]);
    expect([...withFields("doser", { phMin: 8, phMax: 7 }).keys()]).toEqual(["phMax"]);
    expect(withFields("rule", {}).size).toBe(0);
  });
});

describe("a day of doses", () => {
  const plan = { mlPerDay: 48, dosesPerDay: 24, dosesFrom: "00:00", dosesTo: "00:00" };

  test("is spread over the whole day, or over its window, which may cross midnight", () => {
    expect(dosePlan(plan)).toEqual({ everyMin: 60, doseMl: 2 });
    expect(dosePlan({ ...plan, dosesFrom: "22:00", dosesTo: "10:00" })?.everyMin).toBe(30);
  });

  test("is not told while something is left out", () => {
    for (const gap of [{ mlPerDay: Number.NaN }, { dosesPerDay: 0 }, { dosesPerDay: 1.5 }, { dosesTo: "" }])
      expect(dosePlan({ ...plan, ...gap })).toBeNull();
  });

  test("is capped at 1.5 times of it", () => {
    expect(defaultDayCapMl(10)).toBe(15);
    expect(defaultDayCapMl(Number.NaN)).toBeNull();
  });
});

describe("the set-point over a span", () => {
  const draft = {
    setpointC: 25.5,
    hysteresisC: 0.15,
    night: { setpointC: 25, from: "22:00", to: "06:00" },
    monthlyOffsetsC: null,
  };
  const dayMs = Date.UTC(2026, 5, 15);

  test("is the night's at night in the tank's zone, with its band", () => {
    const extent = { fromMs: dayMs, toMs: dayMs + 86_400_000 };
    const { points } = setpointSeries(draft, extent, "Europe/Berlin");
    const at = (hour: number) => points.find(({ atMs }) => atMs >= dayMs + hour * 3_600_000);
    expect(at(2)).toMatchObject({ mean: 25, min: 24.85, max: 25.15 });
    expect(at(12)?.mean).toBe(25.5);
    // 22:00 in Berlin is 20:00 UTC in summer.
    expect(at(20)?.mean).toBe(25);
  });

  test("is nothing while a number is left out, and has no more points than pixels", () => {
    const year = { fromMs: dayMs - 365 * 86_400_000, toMs: dayMs };
    expect(setpointSeries({ ...draft, setpointC: Number.NaN }, year, "UTC").points).toEqual([]);
    expect(setpointSeries(draft, year, "UTC").points.length).toBeLessThan(610);
  });
});

test("a channel fits by what it is", () => {
  const [thermometer] = CHANNELS;
  const heater = CHANNELS.find(({ role }) => role === "heater");
  if (thermometer === undefined || heater === undefined) throw new Error("the tank lacks them");
  expect([measures("temperature")(thermometer), measures("ph")(thermometer), isSensor(thermometer)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([plays("heater")(heater), plays("doser")(heater), isOutput(heater)]).toEqual([true, false, true]);
});
