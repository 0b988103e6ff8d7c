import { expect, test } from "vitest";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { createExclusionInterlock } from "#main/outputs/interlocks/exclusion-interlock.ts";
import { createHeaterInterlocks } from "#main/outputs/interlocks/heater-interlock.ts";
import { during, SWITCH_ON } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import {
  CHANNELS,
  CHILLER,
  DISPLAY,
  HEATER,
  loopConfig,
  SUMP,
  thermostatBench,
} from "#tests/builders/thermostat-bench.ts";

/** A heater that a claimant wants on for ever, as a dead loop would leave it. */
async function deadLoopBench(loop = loopConfig()) {
  const bench = await thermostatBench();
  bench.interlocks.configure({ loops: [loop], channels: CHANNELS });
  bench.say(25);
  bench.arbiter.request(HEATER.id, "loop:dead", SWITCH_ON);
  await bench.clock.advance(0);
  return bench;
}

test("with its loop dead the heater goes off the moment its sensor is bad", async () => {
  const bench = await deadLoopBench();
  expect(bench.heater.levelPct).toBe(100);
  bench.lose();
  expect(bench.heater.told.at(-1)).toBe(0);
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({
    owner: "interlock",
    reason: { code: "sensor-not-good", text: "Off: the sensor it heats by is bad (comm)." },
  });
});

test("with its loop dead the heater goes off within a cycle of its sensor's reading being too old", async () => {
  const bench = await deadLoopBench();
  await bench.clock.advance(91_000);
  expect(bench.heater.levelPct).toBe(0);
  bench.say(25);
  await bench.clock.advance(181_000);
  bench.say(25);
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(HEATER.id).blockedBy).toEqual([]);
});

test("nothing heats from 28.5 °C on, at whichever probe in the tank that is", async () => {
  const bench = await deadLoopBench();
  bench.say(28.49, SUMP.id);
  expect(bench.heater.told.at(-1)).toBe(100);
  bench.say(28.5, SUMP.id);
  expect(bench.heater.told.at(-1)).toBe(0);
  expect(bench.arbiter.get(HEATER.id).reason.text).toBe(
    "Off: the water is 28.50 °C, and nothing heats from 28.5 °C on.",
  );
  bench.lose(SUMP.id);
  expect(bench.arbiter.get(HEATER.id).reason.code).toBe("min-off");
});

test("no hand switches a heater on against it", async () => {
  const bench = await deadLoopBench();
  bench.lose();
  const refused = bench.arbiter.override(HEATER.id, { level: 100, durationS: 60 }, "anna");
  await expect(refused).rejects.toMatchObject({ code: "interlocked" });
});

test("of two probes one that is good is enough", async () => {
  const bench = await deadLoopBench(loopConfig({ secondSensorChannelId: SUMP.id }));
  bench.say(25, SUMP.id);
  bench.lose();
  expect(bench.heater.told.at(-1)).toBe(100);
  bench.lose(SUMP.id);
  expect(bench.heater.told.at(-1)).toBe(0);
  expect(bench.arbiter.get(HEATER.id).reason.text).toBe(
    "Off: the sensor it heats by is bad (comm) and the other is bad (comm).",
  );
});

test("a heater that no loop drives is protected by the tank's probes", async () => {
  const bench = await thermostatBench();
  bench.interlocks.configure({ loops: [], channels: CHANNELS });
  expect(bench.arbiter.get(HEATER.id).reason.code).toBe("sensor-not-good");
  bench.say(25, SUMP.id);
  expect(bench.arbiter.get(HEATER.id).blockedBy).toEqual([]);
});

test("a heater in a tank without a probe has no such condition", async () => {
  const bench = await thermostatBench();
  bench.interlocks.configure({ loops: [], channels: [HEATER, channelConfig({ role: "room" })] });
  expect(bench.arbiter.get(HEATER.id).blockedBy).toEqual([]);
});

test("a configured permissive must say there is flow; bad, silent or unknown it does not hold", async () => {
  const bench = await thermostatBench();
  const flow = channelConfig({ quantity: "flow", role: "sump", unit: "L/h", name: "Flow" });
  const permissives = [{ kind: "sensor", channelId: flow.id, min: 100, max: null }] as const;
  const heater = { ...HEATER, output: { ...defaultOutputSettings("heater"), permissives: [...permissives] } };
  bench.say(25);
  bench.interlocks.configure({ loops: [loopConfig()], channels: [DISPLAY, SUMP, CHILLER, heater, flow] });
  const shown = () => bench.arbiter.get(HEATER.id);
  expect(shown().blockedBy).toMatchObject([{ code: "permissive-unknown", text: "Off: Flow has no reading yet." }]);
  bench.say(1_500, flow.id);
  expect(shown().blockedBy).toEqual([]);
  expect(shown().conditions.at(-1)).toEqual({ text: "Flow: at least 100 L/h", holds: true });
  bench.say(0, flow.id);
  expect(shown().blockedBy).toMatchObject([
    { code: "permissive-broken", text: "Off: Flow says 0 L/h; it must be at least 100 L/h." },
  ]);
  bench.say(1_500, flow.id);
  await bench.hold(25, 91_000);
  expect(shown().blockedBy).toMatchObject([{ code: "permissive-unknown" }]);
});

test("it hears nothing of other channels, and is silent where nothing changed", async () => {
  const bench = await thermostatBench();
  const [interlock] = createHeaterInterlocks({
    channelId: HEATER.id,
    sensorChannelIds: [DISPLAY.id],
    waterChannelIds: [],
    holdsLastDuty: false,
    readings: bench.readings,
    clock: bench.clock,
  });
  let calls = 0;
  const cancel = interlock?.onChange?.(() => {
    calls += 1;
  });
  bench.say(25, SUMP.id);
  bench.say(25);
  bench.say(25.1);
  expect(calls).toBe(1);
  cancel?.();
  bench.lose();
  expect(calls).toBe(1);
});

test("heater and chiller never run together: the one that is on goes first, by hand too", async () => {
  const bench = await thermostatBench();
  const loop = loopConfig({ chillerChannelId: CHILLER.id });
  bench.interlocks.configure({ loops: [loop], channels: CHANNELS });
  bench.loops.configure([loop]);
  bench.say(25);
  await bench.clock.advance(10_000);
  bench.say(26);
  await bench.clock.advance(1_000);
  expect([bench.heater.levelPct, bench.chiller.levelPct]).toEqual([100, 0]);
  expect(bench.arbiter.get(CHILLER.id)).toMatchObject({
    owner: "interlock",
    reason: { code: "excluded", text: "Off: Heater is on, and the two must never run together." },
  });
  await bench.hold(26, 50_000);
  expect([bench.heater.levelPct, bench.chiller.levelPct]).toEqual([0, 100]);
  const refused = bench.arbiter.override(HEATER.id, { level: 100, durationS: 60 }, "anna");
  await expect(refused).rejects.toMatchObject({ code: "interlocked" });
});

test("an output that is not there excludes nothing; a failing look-up is not taken for that", async () => {
  const bench = await thermostatBench();
  const gone = outputChannel("chiller");
  const interlock = createExclusionInterlock({
    channelId: HEATER.id,
    otherChannelId: gone.id,
    outputs: bench.arbiter,
  });
  expect(interlock.blocked()).toBeNull();
  const failing = {
    onChange: () => () => undefined,
    get: () => {
      throw new TypeError("a bug");
    },
  };
  const broken = createExclusionInterlock({ channelId: HEATER.id, otherChannelId: gone.id, outputs: failing });
  expect(() => broken.blocked()).toThrowError("a bug");
});

test("a new configuration replaces the protections without a gap, and their own end leaves them standing", async () => {
  const bench = await deadLoopBench();
  bench.lose();
  bench.interlocks.configure({ loops: [loopConfig({ sensorChannelId: SUMP.id })], channels: CHANNELS });
  await bench.clock.advance(1_000);
  expect(bench.heater.told).toEqual([0, 100, 0]);
  expect(bench.arbiter.get(HEATER.id).blockedBy).toMatchObject([{ code: "sensor-not-good" }, { code: "min-off" }]);
  await bench.interlocks.stop();
  bench.arbiter.request(HEATER.id, "loop:dead", null);
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(HEATER.id).blockedBy).toMatchObject([{ code: "sensor-not-good" }]);
  await during(bench.clock, bench.arbiter.stop(), 5_000);
});

test("the heater is off before a bad reading is recorded anywhere", async () => {
  const order: string[] = [];
  const bench = await deadLoopBench();
  const loop = loopConfig();
  bench.readings.subscribe("journal", () => {
    order.push("journal");
    throw new Error("the journal is broken");
  });
  bench.arbiter.onChange(() => order.push("listener"));
  const write = bench.heater.write.bind(bench.heater);
  bench.heater.write = (levelPct) => {
    order.push(`heater ${levelPct}`);
    return write(levelPct);
  };
  // A later configuration must not come after the journal on the bus.
  bench.interlocks.configure({ loops: [loop], channels: CHANNELS });
  order.length = 0;
  bench.lose();
  expect(order[0]).toBe("heater 0");
  expect(order).toContain("journal");
});
