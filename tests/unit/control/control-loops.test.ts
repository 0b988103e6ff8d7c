import { expect, test } from "vitest";
import type { ChannelId } from "#contract/ids.ts";
import { ControlLoops } from "#main/control/control-loops.ts";
import { withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { CHILLER, DISPLAY, HEATER, loopConfig, SUMP, thermostatBench } from "#tests/builders/thermostat-bench.ts";

test("it decides on the reading itself, not on the next cycle", async () => {
  const bench = await thermostatBench();
  bench.loops.configure([loopConfig()]);
  bench.say(25.31);
  expect(bench.heater.told).toEqual([0, 100]);
  const shown = bench.arbiter.get(HEATER.id);
  expect(shown).toMatchObject({
    owner: "loop",
    reason: { code: "heating", text: "Heating: 25.31 °C is below 25.35 °C." },
  });
});

test("it shows what it does, since when, and for which share of the hour", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  bench.say(25.3);
  expect(bench.loops.stateOf(loop.id)).toEqual({
    type: "thermostat",
    state: "heating",
    text: "Heating: 25.30 °C is below 25.35 °C.",
    processVariableC: 25.3,
    activeSetpointC: 25.5,
    heaterDutyPct: null,
    heaterStartsLastDay: 0,
    next: { text: "Heating ends at 25.65 °C.", at: null },
    warnings: [],
    since: new Date(bench.clock.nowMs()).toISOString(),
  });
  await bench.hold(25.3, 90_000);
  await bench.hold(25.7, 90_000);
  const state = bench.loops.stateOf(loop.id);
  expect(state).toMatchObject({ state: "idle", processVariableC: 25.7 });
  expect(state.type === "thermostat" ? state.heaterDutyPct : null).toBeCloseTo(50, 5);
});

test("a loop without a heater has no duty to show", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ heaterChannelId: null, chillerChannelId: CHILLER.id });
  bench.loops.configure([loop]);
  await bench.hold(26, 61_000);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({ state: "cooling", heaterDutyPct: null });
  expect(bench.chiller.levelPct).toBe(100);
});

test("a bad reading ends heating and cooling at once, min-on or not", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ chillerChannelId: CHILLER.id });
  bench.loops.configure([loop]);
  bench.say(26);
  expect(bench.chiller.told.at(-1)).toBe(100);
  bench.lose();
  expect(bench.chiller.told.at(-1)).toBe(0);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({
    state: "blocked",
    text: "Neither heating nor cooling: its sensor is bad (comm).",
    processVariableC: null,
  });
});

test("a sensor that falls silent is noticed by its age, with nobody telling", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  bench.say(25);
  await bench.clock.advance(90_000);
  expect(bench.heater.levelPct).toBe(100);
  await bench.clock.advance(1_000);
  expect(bench.heater.levelPct).toBe(0);
  expect(bench.loops.stateOf(loop.id).text).toContain("is silent for 91 s");
});

test("a stepping wall clock makes no reading old or young", async () => {
  const bench = await thermostatBench();
  bench.loops.configure([loopConfig()]);
  bench.say(25);
  bench.clock.stepWall(3_600_000);
  await bench.clock.advance(80_000);
  expect(bench.heater.levelPct).toBe(100);
  bench.clock.stepWall(-7_200_000);
  await bench.clock.advance(11_000);
  expect(bench.heater.levelPct).toBe(0);
});

test("a sensor that is no longer configured is none", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ sensorChannelId: outputChannel("fan").id });
  bench.loops.configure([loop]);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({ state: "blocked" });
  expect(bench.loops.stateOf(loop.id).text).toContain("is not there any more");
});

test("a second probe takes over when the first one dies", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ secondSensorChannelId: SUMP.id });
  bench.loops.configure([loop]);
  bench.say(25.2);
  bench.say(25.25, SUMP.id);
  expect(bench.heater.told.at(-1)).toBe(100);
  bench.lose();
  await bench.clock.advance(1_000);
  expect(bench.heater.levelPct).toBe(100);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({ state: "heating", processVariableC: 25.25 });
  bench.say(25.8, SUMP.id);
  await bench.clock.advance(60_000);
  expect(bench.heater.levelPct).toBe(0);
});

test("a new setpoint takes effect at once and without a blip", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  bench.say(25.3);
  await bench.clock.advance(0);
  bench.say(25.5);
  bench.loops.configure([{ ...loop, name: "Renamed", setpointC: 25.6 }]);
  await bench.clock.advance(1_000);
  expect(bench.heater.told).toEqual([0, 100]);
  expect(bench.loops.stateOf(loop.id).state).toBe("heating");
  bench.loops.configure([{ ...loop, setpointC: 24 }]);
  expect(bench.loops.stateOf(loop.id).state).toBe("idle");
});

test("a loop that is gone, or switched off, lets go of its outputs", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  bench.say(25.3);
  bench.loops.configure([{ ...loop, isEnabled: false }]);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({
    state: "disabled",
    text: "Switched off: it drives nothing.",
    processVariableC: null,
  });
  expect(bench.arbiter.get(HEATER.id).owner).not.toBe("loop");
  await bench.clock.advance(61_000);
  expect(bench.heater.levelPct).toBe(0);

  bench.loops.configure([]);
  expect(() => bench.loops.stateOf(loop.id)).toThrowError(expect.objectContaining({ code: "not-found" }));
});

test("an output may move from one loop to another in one step", async () => {
  const bench = await thermostatBench();
  const first = loopConfig();
  const second = loopConfig({ heaterChannelId: null, chillerChannelId: CHILLER.id });
  bench.loops.configure([second, first]);
  bench.loops.configure([
    { ...second, heaterChannelId: HEATER.id },
    { ...first, heaterChannelId: null, chillerChannelId: CHILLER.id },
  ]);
  bench.say(25.5);
  expect(bench.loops.stateOf(second.id).state).toBe("idle");
});

test("two loops on one output: the second is blocked and says so, once in the log", async () => {
  const bench = await thermostatBench();
  const [first, second] = [loopConfig(), loopConfig({ setpointC: 30 })];
  bench.loops.configure([first, second]);
  await bench.hold(25.5, 5_000);
  expect(bench.loops.stateOf(first.id).state).toBe("idle");
  expect(bench.loops.stateOf(second.id).state).toBe("blocked");
  expect(bench.loops.stateOf(second.id).text).toContain(`already driven by loop:${first.id}`);
  expect(bench.log.messages.filter((line) => line.includes("cannot have its output"))).toHaveLength(1);
  expect(bench.heater.levelPct).toBe(0);
  bench.loops.configure([second]);
  bench.say(25.5);
  expect(bench.loops.stateOf(second.id).state).toBe("heating");
});

test("an output that is not there yet is taken when it comes", async () => {
  const bench = await thermostatBench();
  const late = outputChannel("heater", { name: "Late" });
  const loop = loopConfig({ heaterChannelId: late.id });
  bench.loops.configure([loop]);
  bench.say(25);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({ state: "blocked" });
  expect(bench.loops.stateOf(loop.id).text).toContain("It cannot drive its output");
  const heater = await withOutput(bench, late);
  await bench.clock.advance(1_000);
  expect(heater.levelPct).toBe(100);
  await bench.arbiter.unregister(late.id);
  bench.loops.configure([]);
});

test("its end lets go of everything and hears nothing more", async () => {
  const bench = await thermostatBench();
  bench.loops.configure([loopConfig()]);
  bench.say(25);
  await bench.loops.stop();
  await bench.clock.advance(61_000);
  expect(bench.heater.levelPct).toBe(0);
  bench.say(24);
  expect(bench.heater.levelPct).toBe(0);
});

test("a bug in what it drives is not taken for a refusal", async () => {
  const bench = await thermostatBench();
  const broken = {
    get: bench.arbiter.get.bind(bench.arbiter),
    request: () => {
      throw new TypeError("a bug");
    },
  };
  const loops = new ControlLoops({
    ...bench,
    outputs: broken,
    timeZone: () => "UTC",
    channelOf: (id: ChannelId) => (id === DISPLAY.id ? DISPLAY : null),
  });
  const loop = loopConfig();
  expect(() => loops.configure([loop])).toThrowError("a bug");
  expect(() => loops.configure([])).toThrowError("a bug");
});

test("a loop tells when what it does or why changes, after its output was commanded, and is silent otherwise", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  const heard: unknown[] = [];
  bench.loops.onStateChange(() => {
    throw new Error("a listener is broken");
  });
  const cancel = bench.loops.onStateChange((id) => {
    heard.push([id, bench.loops.stateOf(id).state, bench.heater.told.at(-1)]);
  });
  bench.loops.configure([loop]);
  bench.say(25.31);
  expect(heard.at(-1)).toEqual([loop.id, "heating", 100]);
  heard.splice(0);
  bench.say(25.31);
  await bench.clock.advance(5_000);
  expect(heard).toEqual([]);
  bench.say(25.32);
  expect(heard).toEqual([[loop.id, "heating", 100]]);
  bench.lose();
  expect(heard.at(-1)).toEqual([loop.id, "blocked", 0]);
  bench.loops.configure([{ ...loop, isEnabled: false }]);
  expect(heard.at(-1)).toEqual([loop.id, "disabled", 0]);
  expect(bench.log.messages).toContain("error a listener to a loop's state failed");
  cancel();
  bench.loops.configure([loop]);
  expect(heard).toHaveLength(3);
});

test.each([
  ["by hand", "Off by hand (bella)."],
  ["by an emergency stop", "Emergency stop by bella: held until an operator releases it."],
  ["by a mode", "Off during the water change."],
])("what holds its heater off %s is what it says", async (how, why) => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  await bench.hold(25, 3_000);
  if (how === "by hand") void bench.arbiter.override(HEATER.id, { level: 0, durationS: 600 }, "bella");
  else if (how === "by a mode")
    bench.arbiter.request(HEATER.id, "mode:change", { levelPct: 0, code: "mode-on", text: why, isUrgent: true });
  else void bench.arbiter.engageEmergencyStop("bella");
  await bench.hold(25, 3_000);
  expect(bench.heater.levelPct).toBe(0);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({
    state: "waiting",
    text: `Too cold, but Heater is held off. ${why}`,
  });
});

test("a chiller that must rest, and a heater that is latched, are told too", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ chillerChannelId: CHILLER.id });
  bench.loops.configure([loop]);
  await bench.hold(26, 3_000);
  bench.lose();
  await bench.hold(26, 3_000);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({
    state: "waiting",
    text: "Too warm, but Chiller is held off. Off so that the relay is not short-cycled.",
  });
  bench.arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Off: welded.", latched: true });
  await bench.hold(25, 3_000);
  expect(bench.loops.stateOf(loop.id)).toMatchObject({
    state: "blocked",
    text: "Too cold, but Heater is held off. Off: welded.",
  });
});

test("a sensor that has not spoken yet is no news for the log until its first reading is overdue", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig();
  bench.loops.configure([loop]);
  await bench.clock.advance(5_000);
  expect(bench.loops.stateOf(loop.id).state).toBe("blocked");
  expect(bench.log.messages.filter((line) => line.includes("loop blocked"))).toEqual([]);
  const silent = { value: null, raw: null, quality: "bad", reason: "no-reading" } as const;
  bench.readings.publish(readingOf({ channelId: DISPLAY.id, ...silent, takenAtMs: bench.clock.nowMs() }));
  expect(bench.log.messages.filter((line) => line.includes("loop blocked"))).toHaveLength(1);
});
