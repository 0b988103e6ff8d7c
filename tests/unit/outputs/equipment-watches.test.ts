import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import { LoopId } from "#contract/ids.ts";
import { type LoopConfig, TopOffConfig } from "#contract/loops.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { EquipmentWatches } from "#main/outputs/watches/equipment-watches.ts";
import { newId } from "#main/platform/ids.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { arbiterBench, SWITCH_OFF, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { loopConfig } from "#tests/builders/thermostat-bench.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const { equipment } = defaultOutputSettings("heater");
const METER = channelConfig({ quantity: "power", role: "generic", name: "Meter" });
const MASTER = outputChannel("generic", { name: "Master" });
const HEATER = outputChannel("heater", {
  name: "Heater",
  settings: { equipment: { ...equipment, ratedW: 300, powerChannelId: METER.id, masterChannelId: MASTER.id } },
});
const UNMETERED = {
  ...HEATER,
  output: { ...defaultOutputSettings("heater"), equipment: { ...equipment, ratedW: 300 } },
};
const CHILLER = outputChannel("chiller", { name: "Chiller" });
const FLOW = outputChannel("circulation", { name: "Flow" });
const WATER = channelConfig({ name: "Water" });
const SECOND = channelConfig({ name: "Second", role: "sump" });
const ROOM = channelConfig({ name: "Room", role: "room" });
const LEVEL = channelConfig({ quantity: "level", role: "sump", name: "Level" });
const HIGH = channelConfig({ quantity: "level", role: "sump", name: "High" });
const TOP_OFF = outputChannel("top-off", { name: "Top-off" });

const THERMOSTAT = {
  ...loopConfig({ sensorChannelId: WATER.id, secondSensorChannelId: SECOND.id, chillerChannelId: CHILLER.id }),
  heaterChannelId: HEATER.id,
};
const FILL = TopOffConfig.parse({
  id: LoopId.parse(newId(0)),
  name: "Top-off",
  type: "top-off",
  pumpChannelId: TOP_OFF.id,
  levelChannelId: LEVEL.id,
  highLevelChannelId: HIGH.id,
  fillBelow: 60,
  fillUntil: 62,
});

async function tank(
  channels: readonly ChannelConfig[],
  loops: readonly LoopConfig[] = [],
  dutyPct: number | null = null,
) {
  const around = await started(arbiterBench());
  const { arbiter, clock, log } = around;
  const readings = new ReadingsBus({ log, clock });
  const hurries = new Set<readonly [string, number]>();
  const watches = new EquipmentWatches({
    outputs: arbiter,
    readings,
    clock,
    hurry: (channelId, intervalS) => {
      const one = [channelId, intervalS] as const;
      hurries.add(one);
      return () => hurries.delete(one);
    },
    learned: { topOffSPerDay: () => null, topOffFillS: () => null, heaterDutyPct: () => dutyPct },
  });
  const configuration = { loops, channels, tank: { systemVolumeL: 400 } };
  watches.configure(configuration);
  watches.start();
  const devices = new Map<string, FakeActuator>();
  for (const channel of channels.filter(({ kind }) => kind !== "sensor"))
    devices.set(channel.id, await withOutput(around, channel));
  const say = (channel: ChannelConfig, value: number) =>
    readings.publish(readingOf({ channelId: channel.id, value, raw: value, takenAtMs: clock.nowMs() }));
  return {
    ...around,
    watches,
    configuration,
    say,
    faults: (channel: ChannelConfig) => arbiter.get(channel.id).faults.map(({ code }) => code),
    hurried: () => [...hurries],
    levelOf: (channel: ChannelConfig) => devices.get(channel.id)?.levelPct,
    device: (channel: ChannelConfig) => devices.get(channel.id) ?? new FakeActuator(),
    /** Lets time pass; every second something is said. */
    pass: async (seconds: number, said: (s: number) => void) => {
      for (let s = 0; s < seconds; s++) {
        said(s);
        await clock.advance(1_000);
      }
    },
  };
}

test("a heater that draws on is latched within 15 s, its upstream outlet is cut, the water moved and cooled", async () => {
  const bench = await tank([HEATER, METER, MASTER, CHILLER, FLOW, WATER], [THERMOSTAT]);
  await bench.arbiter.override(MASTER.id, { level: 100, durationS: 604_800 }, "anna");
  await bench.arbiter.override(FLOW.id, { level: 0, durationS: 604_800 }, "anna");
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  const hot = () => {
    bench.say(METER, 297);
    bench.say(WATER, 26.2);
  };
  await bench.pass(70, hot);
  expect(bench.faults(HEATER)).toEqual([]);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_OFF);
  await bench.pass(15, hot);
  expect(bench.faults(HEATER)).toEqual(["stuck-on"]);
  expect(bench.arbiter.get(HEATER.id).faults[0]?.text).toContain("297 W");
  await bench.pass(3, hot);
  expect(bench.arbiter.get(MASTER.id)).toMatchObject({ requested: 0, blockedBy: [{ code: "cuts-stuck-load" }] });
  expect([bench.levelOf(FLOW), bench.levelOf(CHILLER)]).toEqual([100, 100]);

  await expect(bench.arbiter.reset(HEATER.id, "anna")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("297 W"),
  });
  const repaired = () => {
    bench.say(METER, 0);
    bench.say(WATER, 25.4);
  };
  await bench.pass(200, repaired);
  // Cooled to its setpoint, the chiller is free again, though the heater is still latched.
  expect(bench.levelOf(CHILLER)).toBe(0);
  await bench.arbiter.reset(HEATER.id, "anna");
  await bench.pass(5, repaired);
  expect(bench.faults(HEATER)).toEqual([]);
  expect([bench.levelOf(MASTER), bench.levelOf(FLOW)]).toEqual([100, 0]);
});

test("a tank whose only heater is cut does not die of cold: its outlet heats, well below the setpoint", async () => {
  const bench = await tank([HEATER, METER, MASTER, WATER], [THERMOSTAT]);
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  const at = (waterC: number) => () => bench.say(WATER, waterC);
  await bench.pass(5, at(24.6));
  expect(bench.levelOf(MASTER)).toBe(0);
  await bench.pass(5, at(24.4));
  expect(bench.levelOf(MASTER)).toBe(100);
  expect(bench.arbiter.get(MASTER.id)).toMatchObject({ owner: "interlock", reason: { code: "warms-by-outlet" } });
  await bench.pass(5, at(24.9));
  expect(bench.levelOf(MASTER)).toBe(100);
  await bench.pass(3, at(25.1));
  expect(bench.levelOf(MASTER)).toBe(0);
  await bench.pass(3, at(24.4));
  await bench.clock.advance(91_000);
  // Its probe fell silent: nobody heats blindly.
  expect(bench.levelOf(MASTER)).toBe(0);
  await bench.pass(3, at(24.4));
  bench.watches.configure({ loops: [], channels: [HEATER, METER, MASTER, WATER] });
  await bench.clock.advance(1_000);
  expect(bench.levelOf(MASTER)).toBe(0);
});

test("what a person holds off stays off in the cold: the outlet, or its heater", async () => {
  const bench = await tank([HEATER, METER, MASTER, WATER], [THERMOSTAT]);
  const cold = () => bench.say(WATER, 24.2);
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  await bench.arbiter.override(MASTER.id, { level: 0, durationS: 60 }, "anna");
  await bench.pass(30, cold);
  expect(bench.arbiter.get(MASTER.id)).toMatchObject({ requested: 0, owner: "manual" });
  // Her off is over: the cold tank is warmed, until she takes it again.
  await bench.pass(35, cold);
  expect(bench.levelOf(MASTER)).toBe(100);
  await bench.arbiter.override(MASTER.id, { level: 0, durationS: 60 }, "anna");
  expect(bench.levelOf(MASTER)).toBe(0);
  await bench.arbiter.clearOverride(MASTER.id, "anna");
  await bench.pass(1, cold);
  expect(bench.levelOf(MASTER)).toBe(100);
  await bench.arbiter.override(HEATER.id, { level: 0, durationS: 60 }, "anna");
  await bench.pass(2, cold);
  expect(bench.levelOf(MASTER)).toBe(0);
});

test("an outlet switched off at itself is left so where its keeper wants that; one in a mode that wants it off too", async () => {
  const respected = { ...outputChannel("generic", { settings: { switchedByHand: "respect" } }), id: MASTER.id };
  const bench = await tank([HEATER, METER, respected, WATER], [THERMOSTAT]);
  const cold = () => bench.say(WATER, 24.2);
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  await bench.pass(3, cold);
  expect(bench.levelOf(respected)).toBe(100);
  bench.device(respected).toggleByHand(0);
  await bench.pass(60, cold);
  expect(bench.levelOf(respected)).toBe(0);
  expect(bench.arbiter.get(respected.id)).toMatchObject({ owner: "manual", reason: { code: "switched-by-hand" } });

  const skimming = { ...outputChannel("skimmer"), id: MASTER.id };
  const other = await tank([HEATER, METER, skimming, WATER], [THERMOSTAT]);
  other.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  other.arbiter.request(skimming.id, "mode:1", SWITCH_OFF);
  await other.pass(3, () => other.say(WATER, 24.2));
  expect(other.levelOf(skimming)).toBe(0);
});

test("an outlet that was off before it was cut is not switched on: only the cut itself is undone", async () => {
  const bench = await tank([HEATER, METER, MASTER, WATER], [THERMOSTAT]);
  const cold = () => bench.say(WATER, 24.2);
  await bench.pass(3, cold);
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  await bench.pass(60, cold);
  expect(bench.device(MASTER).told).not.toContain(100);
});

/** An outlet that was on, and is cut because its heater is welded, in water nobody needs to warm. */
async function cutOutlet() {
  const bench = await tank([HEATER, METER, MASTER, WATER], [THERMOSTAT]);
  const warm = () => bench.say(WATER, 25.4);
  bench.device(MASTER).toggleByHand(100);
  await bench.pass(60, warm);
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  await bench.pass(3, warm);
  expect(bench.levelOf(MASTER)).toBe(0);
  return { ...bench, warm };
}

test("an outlet that nothing else switches is on again once its heater is reset, and is then left as it is", async () => {
  const bench = await cutOutlet();
  await bench.arbiter.reset(HEATER.id, "anna");
  await bench.pass(5, bench.warm);
  expect(bench.levelOf(MASTER)).toBe(100);
  await bench.pass(5, bench.warm);
  expect(bench.arbiter.get(MASTER.id)).toMatchObject({ requested: 100, owner: "none" });
});

test("an outlet that a person holds off when its heater is reset stays off afterwards", async () => {
  const bench = await cutOutlet();
  await bench.arbiter.override(MASTER.id, { level: 0, durationS: 60 }, "anna");
  await bench.arbiter.reset(HEATER.id, "anna");
  await bench.pass(90, bench.warm);
  expect(bench.levelOf(MASTER)).toBe(0);
});

test("an outlet that is let go of before it is on again is asked for no more", async () => {
  const bench = await cutOutlet();
  bench.device(MASTER).writeMood = "refusing";
  await bench.arbiter.reset(HEATER.id, "anna");
  await bench.pass(3, bench.warm);
  expect(bench.arbiter.get(MASTER.id)).toMatchObject({ requested: 100, reason: { code: "gives-back" } });
  bench.watches.configure({ loops: [], channels: [] });
  await bench.pass(2, bench.warm);
  expect(bench.arbiter.get(MASTER.id).reason.code).not.toBe("gives-back");
});

test("without an outlet upstream a person is told to pull the plug; without a good probe nobody cools blindly", async () => {
  const bare = {
    ...HEATER,
    output: { ...defaultOutputSettings("heater"), equipment: { ...equipment, powerChannelId: METER.id } },
  };
  const bench = await tank([bare, METER, CHILLER, WATER], []);
  await bench.pass(20, () => bench.say(METER, 297));
  expect(bench.arbiter.get(HEATER.id).faults[0]?.text).toContain("Pull its plug now");
  expect(bench.levelOf(CHILLER)).toBe(0);
  await bench.pass(3, () => bench.say(WATER, 26));
  expect(bench.levelOf(CHILLER)).toBe(100);
  bench.watches.configure({ loops: [], channels: [bare] });
  await bench.clock.advance(181_000);
  expect(bench.levelOf(CHILLER)).toBe(0);
});

test("a heater that draws nothing though it is on goes off, latched", async () => {
  const bench = await tank([HEATER, METER, MASTER], []);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.pass(14, () => bench.say(METER, 0));
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({
    requested: 0,
    faults: [{ code: "stuck-off", latched: true }],
  });
});

test("without a meter the water itself tells of a welded relay, and a reset begins anew", async () => {
  const bench = await tank([UNMETERED, CHILLER, WATER, SECOND, ROOM], [THERMOSTAT]);
  let waterC = 25.4;
  const warming = () => {
    waterC += 0.4 / 3_600;
    for (const probe of [WATER, SECOND]) bench.say(probe, Math.round(waterC / 0.0625) * 0.0625);
    bench.say(ROOM, 22);
  };
  await bench.pass(2_700, warming);
  expect(bench.faults(HEATER)).toEqual(["stuck-on"]);
  await bench.arbiter.reset(HEATER.id, "anna");
  await bench.pass(300, warming);
  expect(bench.faults(HEATER)).toEqual([]);
});

test("a weak heater is a fault that latches nothing, its duty held at the usual; hot water latches it", async () => {
  const bench = await tank([UNMETERED, CHILLER, WATER, SECOND, ROOM], [THERMOSTAT], 50);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  const flat = (waterC: number) => () => {
    bench.say(WATER, waterC);
    bench.say(SECOND, waterC);
    bench.say(ROOM, 25.5);
  };
  await bench.pass(2_700, flat(25));
  expect(bench.arbiter.get(HEATER.id).faults).toMatchObject([{ code: "weak-heater", latched: false }]);
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({
    requested: 0,
    budgets: [{ windowS: 3_600, unit: "s", limit: 1_800 }],
    blockedBy: [{ code: "budget-spent" }],
  });
  await bench.pass(3, flat(28.6));
  expect(bench.faults(HEATER)).toEqual(["weak-heater", "overheated"]);
});

test("a second probe that sees it heat latches the heater: the first is not in the water", async () => {
  const bench = await tank([UNMETERED, CHILLER, WATER, SECOND, ROOM], [THERMOSTAT]);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.pass(2_700, (s) => {
    bench.say(WATER, 25);
    bench.say(SECOND, 25 + (0.6 * s) / 3_600);
    bench.say(ROOM, 25);
  });
  expect(bench.faults(HEATER)).toEqual(["weak-heater", "probes-contradict"]);
});

test("a heater that works again is no fault any more; one nobody is sure of is not judged", async () => {
  const bench = await tank([UNMETERED, CHILLER, WATER, SECOND, ROOM], [THERMOSTAT]);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  let waterC = 25;
  await bench.pass(2_400, () => {
    bench.say(WATER, waterC);
    bench.say(ROOM, 25);
  });
  expect(bench.faults(HEATER)).toEqual(["weak-heater"]);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_OFF);
  await bench.pass(200, () => bench.say(WATER, waterC));
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.pass(2_400, () => {
    waterC += 0.65 / 3_600;
    bench.say(WATER, waterC);
    bench.say(ROOM, 25);
  });
  expect(bench.faults(HEATER)).toEqual([]);
  bench.arbiter.setReachable(HEATER.id, false);
  await bench.pass(2_400, () => bench.say(WATER, waterC));
  expect(bench.faults(HEATER).filter((code) => code === "weak-heater")).toEqual([]);
});

test("a top-off that moves no level in 90 s is latched off, and the level that must never get wet latches it", async () => {
  const bench = await tank([TOP_OFF, LEVEL, HIGH], [FILL]);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.pass(89, () => bench.say(LEVEL, 60));
  expect(bench.levelOf(TOP_OFF)).toBe(100);
  await bench.pass(5, () => bench.say(LEVEL, 60));
  expect(bench.arbiter.get(TOP_OFF.id)).toMatchObject({
    requested: 0,
    faults: [{ code: "stuck-off", latched: true }],
  });
  bench.say(HIGH, 1);
  await bench.clock.advance(1_000);
  expect(bench.faults(TOP_OFF)).toEqual(["stuck-off", "high-level"]);
});

test("a fill that begins with the return pump is judged once the sump has settled, and its level asked every second", async () => {
  const pump = outputChannel("return-pump");
  const bench = await tank([TOP_OFF, LEVEL, HIGH, pump], [{ ...FILL, returnPumpChannelId: pump.id }]);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  // It fills by 1 % a minute while the return draws 10 % up into the display.
  await bench.pass(120, (s) => bench.say(LEVEL, 60 - s / 12 + s / 60));
  expect([bench.levelOf(TOP_OFF), bench.hurried()]).toEqual([100, [[LEVEL.id, 1]]]);
  await bench.pass(85, () => bench.say(LEVEL, 52));
  expect(bench.levelOf(TOP_OFF)).toBe(100);
  await bench.pass(10, () => bench.say(LEVEL, 52));
  expect(bench.faults(TOP_OFF)).toEqual(["stuck-off"]);
  await bench.clock.advance(1_000);
  expect(bench.hurried()).toEqual([]);

  await bench.arbiter.reset(TOP_OFF.id, "anna");
  await bench.pass(301, () => bench.say(LEVEL, 52));
  expect(bench.hurried()).toHaveLength(1);
  bench.watches.configure({ loops: [], channels: [] });
  expect(bench.hurried()).toEqual([]);
});

test("a float moves at the end of a fill only, so its longest time on is its protection", async () => {
  const float = { ...FILL, fillBelow: 0.5, fillUntil: 0.5 };
  const bench = await tank([TOP_OFF, LEVEL, HIGH], [float]);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.pass(120, () => bench.say(LEVEL, 0));
  expect(bench.levelOf(TOP_OFF)).toBe(100);
});

test("a watch whose own part did not change goes on, and nothing is watched after the end", async () => {
  const bench = await tank([TOP_OFF, LEVEL, HIGH], [FILL]);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.pass(80, () => bench.say(LEVEL, 60));
  bench.watches.configure({ ...bench.configuration, channels: [...bench.configuration.channels, ROOM] });
  await bench.pass(14, () => bench.say(LEVEL, 60));
  expect(bench.faults(TOP_OFF)).toEqual(["stuck-off"]);
  await bench.watches.stop();
  bench.say(HIGH, 1);
  await bench.clock.advance(2_000);
  expect(bench.faults(TOP_OFF)).toEqual(["stuck-off"]);
});

test("an output that is not there yet is looked at when it is", async () => {
  const around = await started(arbiterBench());
  const { arbiter, clock, log } = around;
  const watches = new EquipmentWatches({ outputs: arbiter, readings: new ReadingsBus({ log, clock }), clock });
  watches.configure({ loops: [THERMOSTAT, FILL], channels: [HEATER, METER, MASTER, TOP_OFF, LEVEL, HIGH] });
  watches.start();
  await clock.advance(3_000);
  arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Stuck.", latched: true });
  arbiter.clearFault(HEATER.id, "stuck-on");
  arbiter.demand(HEATER.id, "x", null);
  await withOutput(around, HEATER);
  expect(arbiter.get(HEATER.id).faults).toEqual([]);
});

test("a return pump that draws nothing is told of and kept on, so that it starts again when its power returns", async () => {
  const pump = outputChannel("return-pump", {
    name: "Return",
    settings: { equipment: { ...equipment, ratedW: 40, powerChannelId: METER.id } },
  });
  const bench = await tank([pump, METER]);
  await bench.pass(20, () => bench.say(METER, 0));
  expect(bench.arbiter.get(pump.id)).toMatchObject({
    requested: 100,
    faults: [{ code: "stuck-off", latched: false }],
  });
  await bench.pass(3, () => bench.say(METER, 38));
  expect(bench.faults(pump)).toEqual([]);
});

test("a small pump without a nameplate is not taken for dead", async () => {
  const fan = outputChannel("fan", { settings: { equipment: { ...equipment, powerChannelId: METER.id } } });
  const bench = await tank([fan, METER]);
  bench.arbiter.request(fan.id, "loop:1", SWITCH_ON);
  await bench.pass(30, () => bench.say(METER, 3));
  expect(bench.faults(fan)).toEqual([]);
  expect(bench.levelOf(fan)).toBe(100);
});
