import { expect, test } from "vitest";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { SWITCH_ON } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import {
  CHANNELS,
  CHILLER,
  DISPLAY,
  HEATER,
  loopConfig,
  SUMP,
  thermostatBench,
} from "#tests/builders/thermostat-bench.ts";

/** A chiller that a claimant wants on for ever, as a dead loop would leave it. */
async function deadLoopBench(loop = loopConfig({ chillerChannelId: CHILLER.id })) {
  const bench = await thermostatBench();
  bench.interlocks.configure({ loops: [loop], channels: CHANNELS });
  bench.say(27);
  bench.arbiter.request(CHILLER.id, "loop:dead", SWITCH_ON);
  await bench.clock.advance(0);
  return bench;
}

test("with its loop dead the chiller goes off the moment its sensor is bad, and no hand switches it on then", async () => {
  const bench = await deadLoopBench();
  expect(bench.chiller.levelPct).toBe(100);
  bench.lose();
  expect(bench.chiller.told.at(-1)).toBe(0);
  expect(bench.arbiter.get(CHILLER.id)).toMatchObject({
    owner: "interlock",
    reason: { code: "sensor-not-good", text: "Off: the sensor it cools by is bad (comm)." },
  });
  const refused = bench.arbiter.override(CHILLER.id, { level: 100, durationS: 60 }, "anna");
  await expect(refused).rejects.toMatchObject({ code: "interlocked" });
});

test("with its loop dead the chiller goes off within a cycle of its sensor's reading being too old", async () => {
  const bench = await deadLoopBench();
  await bench.clock.advance(91_000);
  expect(bench.chiller.levelPct).toBe(0);
});

test("nothing cools from 1.5 °C below the setpoint down, at whichever probe in the tank that is, and by hand neither", async () => {
  const bench = await deadLoopBench();
  bench.say(24.01, SUMP.id);
  expect(bench.chiller.told.at(-1)).toBe(100);
  bench.say(24, SUMP.id);
  expect(bench.chiller.told.at(-1)).toBe(0);
  expect(bench.arbiter.get(CHILLER.id)).toMatchObject({
    reason: { code: "water-too-cold", text: "Off: the water is 24.00 °C, and nothing cools from 24 °C down." },
    conditions: [{ text: "Its probe is good and fresh" }, { text: "The water is above 24 °C", holds: false }],
  });
  const refused = bench.arbiter.override(CHILLER.id, { level: 100, durationS: 60 }, "anna");
  await expect(refused).rejects.toMatchObject({ code: "interlocked" });
});

test("the floor follows the lowest setpoint of night and season", async () => {
  const night = { setpointC: 24.5, from: "22:00", to: "06:00" };
  const loop = loopConfig({
    chillerChannelId: CHILLER.id,
    night,
    monthlyOffsetsC: [-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  });
  const bench = await deadLoopBench(loop);
  const floor = () => bench.arbiter.get(CHILLER.id).conditions[1]?.text;
  expect(floor()).toBe("The water is above 22 °C");
});

test("a chiller that no loop drives has the tank's probes and a floor of its own", async () => {
  const bench = await thermostatBench();
  bench.interlocks.configure({ loops: [], channels: CHANNELS });
  bench.arbiter.request(CHILLER.id, "loop:rule", SWITCH_ON);
  expect(bench.arbiter.get(CHILLER.id).reason.code).toBe("sensor-not-good");
  bench.say(22.6);
  await bench.clock.advance(1_000);
  expect(bench.chiller.levelPct).toBe(100);
  bench.say(22.5, DISPLAY.id);
  expect(bench.chiller.levelPct).toBe(0);
});

test("what is usual for its role and not set is told as absent: flow here, a probe where there is none", async () => {
  const bench = await thermostatBench();
  const flow = channelConfig({ quantity: "flow", role: "sump", unit: "L/h", name: "Flow" });
  bench.interlocks.configure({ loops: [], channels: CHANNELS });
  const shown = () => bench.arbiter.get(CHILLER.id);
  expect(shown()).toMatchObject({ absent: ["moving-water"] });
  bench.interlocks.configure({ loops: [], channels: [HEATER, CHILLER] });
  await bench.clock.advance(1_000);
  expect(shown()).toMatchObject({ absent: ["water-probe", "moving-water"], conditions: [] });

  const permissives = [{ kind: "sensor" as const, channelId: flow.id, min: 100, max: null }];
  const chiller = { ...CHILLER, output: { ...defaultOutputSettings("chiller"), permissives } };
  bench.interlocks.configure({ loops: [], channels: [DISPLAY, HEATER, chiller, flow] });
  bench.say(27);
  bench.say(0, flow.id);
  await bench.clock.advance(1_000);
  expect(shown()).toMatchObject({ absent: [], blockedBy: [{ code: "permissive-broken" }] });
});
