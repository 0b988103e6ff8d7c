import { expect, test } from "vitest";
import { arbiterBench, SWITCH_OFF, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const PUMP = outputChannel("return-pump");
const FLOW = outputChannel("circulation");
const SKIMMER = outputChannel("skimmer");
const HEATER = outputChannel("heater");

/** A tank whose devices write down when each was switched on. */
async function tank(levels: Partial<Record<string, number>> = {}) {
  const bench = await started(arbiterBench());
  const order: [string, number][] = [];
  const fromMs = bench.clock.monotonicMs();
  const devices = new Map<string, FakeActuator>();
  for (const channel of [SKIMMER, FLOW, PUMP]) {
    const note = (levelPct: number) => {
      if (levelPct > 0) order.push([channel.name, bench.clock.monotonicMs() - fromMs]);
    };
    const device = new FakeActuator(levels[channel.name] ?? 0, note);
    devices.set(channel.name, device);
    void bench.arbiter.register(channel, device);
  }
  bench.arbiter.request(SKIMMER.id, "loop:1", SWITCH_ON);
  return { bench, order, devices };
}

test("loads power up one after the other: return pump, circulation, the others, 2 s apart", async () => {
  const { bench, order, devices } = await tank();
  await bench.clock.advance(0);
  expect(bench.arbiter.get(FLOW.id)).toMatchObject({ requested: 0, blockedBy: [{ code: "staggered" }] });
  await bench.clock.advance(10_000);
  expect(order).toEqual([
    ["return-pump", 0],
    ["circulation", 2_000],
    ["skimmer", 4_000],
  ]);
  expect(devices.get("circulation")?.told).toEqual([100]);
});

test("what runs already when the program starts is never switched off to wait for its turn", async () => {
  const { bench, devices } = await tank({ "return-pump": 100, circulation: 100 });
  await bench.clock.advance(10_000);
  expect(devices.get("return-pump")?.told).toEqual([100]);
  expect(devices.get("circulation")?.told).toEqual([100]);
});

test("a released emergency stop lets them on in the same order", async () => {
  const { bench, order } = await tank();
  await bench.clock.advance(10_000);
  await bench.arbiter.engageEmergencyStop("anna");
  await bench.clock.advance(60_000);
  order.length = 0;
  const releasedMs = bench.clock.monotonicMs();
  void bench.arbiter.releaseEmergencyStop("anna");
  await bench.clock.advance(10_000);
  const [, first = 0] = order[0] ?? [];
  expect(order.map(([name, atMs]) => [name, atMs - first])).toEqual([
    ["return-pump", 0],
    ["circulation", 2_000],
    ["skimmer", 4_000],
  ]);
  expect(bench.clock.monotonicMs() - releasedMs).toBe(10_000);
});

/** A power strip that is not there at the start, and one load that is. */
async function lateStrip() {
  const bench = await started(arbiterBench());
  const order: [string, number][] = [];
  let isThere = false;
  const strip = [SKIMMER, FLOW, PUMP];
  const devices = strip.map((channel) => {
    const note = (levelPct: number) => {
      if (levelPct > 0 && isThere) order.push([channel.name, bench.clock.monotonicMs() - backAtMs]);
    };
    const device = new FakeActuator(0, note);
    device.writeMood = "refusing";
    device.readMood = "refusing";
    void bench.arbiter.register(channel, device);
    bench.arbiter.setReachable(channel.id, false);
    return device;
  });
  let backAtMs = 0;
  const comesBack = () => {
    isThere = true;
    backAtMs = bench.clock.monotonicMs();
    for (const device of devices) {
      device.levelPct = 0;
      device.writeMood = "well";
      device.readMood = "well";
    }
  };
  return { bench, order, devices, strip, comesBack };
}

const IN_TURN = [
  ["return-pump", 0],
  ["circulation", 2_000],
  ["skimmer", 4_000],
];

test("loads whose strip comes back late take turns, the return pump first", async () => {
  const { bench, order, strip, comesBack } = await lateStrip();
  bench.arbiter.stagger.everybodyIsHere();
  await bench.clock.advance(60_500);
  comesBack();
  for (const { id } of strip) bench.arbiter.setReachable(id, true);
  await bench.clock.advance(400);
  expect(order).toEqual([["return-pump", 0]]);
  await bench.clock.advance(10_000);
  expect(order).toEqual(IN_TURN);
});

test("loads whose plugs answer again without a word take turns too", async () => {
  const { bench, order, strip, comesBack } = await lateStrip();
  for (const { id } of strip) bench.arbiter.setReachable(id, true);
  await bench.clock.advance(60_500);
  comesBack();
  await bench.clock.advance(10_000);
  const atMs = order.map(([, ms]) => ms);
  expect(order.map(([name]) => name).toSorted()).toEqual(["circulation", "return-pump", "skimmer"]);
  expect(atMs.map((ms) => ms - (atMs[0] ?? 0))).toEqual([0, 2_000, 4_000]);
});

test("a strip that lost its power for a moment is not switched on all at once", async () => {
  const { bench, order, strip, devices, comesBack } = await lateStrip();
  comesBack();
  for (const { id } of strip) bench.arbiter.setReachable(id, true);
  await bench.clock.advance(60_000);
  order.length = 0;
  for (const device of devices) device.toggleByHand(0);
  const before = bench.clock.monotonicMs();
  await bench.clock.advance(10_000);
  const [, first = 0] = order[0] ?? [];
  expect(order.map(([name, ms]) => [name, ms - first])).toEqual(IN_TURN);
  expect(bench.clock.monotonicMs() - before).toBe(10_000);
  for (const { id } of strip)
    expect(bench.arbiter.get(id)).toMatchObject({ confirmation: "confirmed", faults: [] });
});

test("a dead plug keeps nobody waiting, and is tried again and again", async () => {
  const { bench, devices } = await lateStrip();
  for (const device of devices) device.writeMood = "hanging";
  await bench.clock.advance(30_000);
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(4_000);
  expect(heater.levelPct).toBe(100);
  const tried = devices.map(({ told }) => told.length);
  await bench.clock.advance(30_000);
  for (const [index, device] of devices.entries()) expect(device.told.length).toBeGreaterThan(tried[index] ?? 0);
});

test("an emergency state that is on waits for nobody, late or not", async () => {
  const bench = await started(arbiterBench());
  const aerators = ["fan", "uv"].map((role) =>
    outputChannel(role as "fan", { settings: { emergencyState: 100, powerUpState: 0 } }),
  );
  const devices = await Promise.all(aerators.map((channel) => withOutput(bench, channel)));
  for (const device of devices) device.writeMood = "refusing";
  await bench.arbiter.engageEmergencyStop("anna");
  for (const device of devices) device.writeMood = "well";
  await bench.clock.advance(1_000);
  expect(devices.map(({ levelPct }) => levelPct)).toEqual([100, 100]);
});

test("a hand waits for nobody, and one who no longer wants keeps nobody waiting", async () => {
  const bench = await started(arbiterBench());
  const fan = outputChannel("fan");
  const uv = outputChannel("uv");
  const devices = {
    skimmer: await withOutput(bench, SKIMMER),
    fan: await withOutput(bench, fan),
    uv: await withOutput(bench, uv),
  };
  bench.arbiter.request(SKIMMER.id, "loop:1", SWITCH_ON);
  bench.arbiter.request(fan.id, "loop:2", SWITCH_ON);
  bench.arbiter.request(uv.id, "loop:3", SWITCH_ON);
  await bench.clock.advance(0);
  expect([devices.skimmer.levelPct, devices.fan.levelPct, devices.uv.levelPct]).toEqual([100, 0, 0]);
  bench.arbiter.request(fan.id, "loop:2", SWITCH_OFF);
  await bench.clock.advance(2_000);
  expect([devices.fan.levelPct, devices.uv.levelPct]).toEqual([0, 100]);
  await bench.arbiter.override(fan.id, { level: 100, durationS: 60 }, "anna");
  expect(devices.fan.levelPct).toBe(100);
});

test("an on is told with its lease and renewed before half of it is over; an off has none", async () => {
  const bench = await started(arbiterBench());
  const plug = new FakeActuator();
  plug.hasLease = true;
  await withOutput(bench, HEATER, plug);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(301_000);
  expect(plug.told).toEqual([0, 100, 100]);
  expect(plug.leasesS).toEqual([undefined, 600, 600]);
  plug.writeMood = "refusing";
  await bench.clock.advance(310_000);
  expect(plug.told.length).toBeGreaterThan(10);
  plug.writeMood = "well";
  await bench.clock.advance(2_000);
  const renewed = plug.told.length;
  await bench.clock.advance(250_000);
  expect(plug.told).toHaveLength(renewed);
});

test("a dose's lease is what is left of it and 5 s, however often it is told", async () => {
  const bench = await started(arbiterBench());
  const doser = outputChannel("doser");
  const pump = new FakeActuator();
  pump.hasLease = true;
  await withOutput(bench, doser, pump);
  bench.arbiter.request(doser.id, "loop:1", { ...SWITCH_ON, forS: 20 });
  await bench.clock.advance(20_000);
  expect(pump.leasesS[1]).toBe(25);
  for (const [index, leaseS] of pump.leasesS.entries()) if (index > 1) expect(leaseS).toBeLessThan(15);
  bench.arbiter.request(doser.id, "loop:1", null);
  await bench.clock.advance(1_000);
  void bench.arbiter.override(doser.id, { level: 100, durationS: 60 }, "anna");
  await bench.clock.advance(1_000);
  expect(pump.leasesS.at(-1)).toBe(30);
});

test("a device that cannot drop an ON is told without a lease", async () => {
  const bench = await started(arbiterBench());
  const plug = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(400_000);
  expect(plug.told).toEqual([0, 100]);
  expect(plug.leasesS).toEqual([undefined, undefined]);
});

const RESPECTED = outputChannel("fan", { settings: { switchedByHand: "respect" } });

test("a device switched by hand is left so where its keeper wants that, until something else is wanted of it", async () => {
  const bench = await started(arbiterBench());
  const plug = await withOutput(bench, RESPECTED);
  bench.arbiter.request(RESPECTED.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(1_000);
  plug.toggleByHand(0);
  await bench.clock.advance(60_000);
  expect(plug.told).toEqual([0, 100]);
  expect(bench.arbiter.get(RESPECTED.id)).toMatchObject({
    requested: 0,
    actual: 0,
    owner: "manual",
    reason: { code: "switched-by-hand", text: expect.stringContaining("at the device itself") },
  });
  bench.arbiter.request(RESPECTED.id, "loop:1", { ...SWITCH_ON, code: "skimming-again" });
  await bench.clock.advance(3_000);
  expect(plug.levelPct).toBe(100);
});

test("a hand is not respected against an interlock, an emergency stop, or on a pump that must be recorded", async () => {
  const bench = await started(arbiterBench());
  const plug = await withOutput(bench, RESPECTED);
  bench.arbiter.addInterlock({ channelId: RESPECTED.id, blocked: () => ({ code: "leak", text: "Leak." }) });
  plug.toggleByHand(100);
  await bench.clock.advance(2_000);
  expect(plug.levelPct).toBe(0);
  await bench.arbiter.engageEmergencyStop("anna");
  plug.toggleByHand(100);
  await bench.clock.advance(2_000);
  expect(plug.levelPct).toBe(0);
  await bench.arbiter.releaseEmergencyStop("anna");

  const doser = outputChannel("doser", { settings: { switchedByHand: "respect" } });
  const pump = await withOutput(bench, doser);
  pump.toggleByHand(100);
  await bench.clock.advance(2_000);
  expect(pump.levelPct).toBe(0);
});

test("a protection may demand an output on, above hands and below interlocks", async () => {
  const bench = await started(arbiterBench());
  const chiller = outputChannel("chiller");
  const device = await withOutput(bench, chiller);
  const wish = { levelPct: 100, code: "cooling", text: "Cooling." };
  await bench.arbiter.override(chiller.id, { level: 0, durationS: 600 }, "anna");
  bench.arbiter.demand(chiller.id, "stuck-heater", wish);
  await bench.clock.advance(2_000);
  expect(bench.arbiter.get(chiller.id)).toMatchObject({
    owner: "interlock",
    requested: 100,
    reason: { code: "cooling" },
  });
  const remove = bench.arbiter.addInterlock({
    channelId: chiller.id,
    blocked: () => ({ code: "leak", text: "Leak." }),
  });
  expect(device.levelPct).toBe(0);
  remove();
  bench.arbiter.demand(chiller.id, "stuck-heater", null);
  await bench.clock.advance(301_000);
  expect(bench.arbiter.get(chiller.id)).toMatchObject({ owner: "manual", requested: 0 });
});
