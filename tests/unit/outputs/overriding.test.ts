import { expect, test } from "vitest";
import {
  arbiterBench,
  during,
  START_MS,
  SWITCH_OFF,
  SWITCH_ON,
  started,
  withOutput,
} from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const FAN = outputChannel("fan");
const LAMP = outputChannel("light", { kind: "dimmer", limits: { min: 10, max: 60 } });
const ON = { level: 100, durationS: 60 };

test("a hand goes before a loop, says until when, and ends by itself", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  bench.arbiter.request(FAN.id, "loop:1", SWITCH_OFF);
  const shown = await bench.arbiter.override(FAN.id, ON, "anna");

  expect(shown).toMatchObject({ requested: 100, actual: 100, confirmation: "confirmed", owner: "manual" });
  expect(shown.reason).toEqual({
    code: "override",
    text: "On by hand (anna) for another 1 min.",
    until: new Date(START_MS + 60_000).toISOString(),
  });
  expect(bench.events.events.find(({ owner }) => owner === "manual")?.by).toBe("anna");
  await bench.clock.advance(59_999);
  expect(fan.levelPct).toBe(100);
  await bench.clock.advance(1);
  expect(fan.levelPct).toBe(0);
  expect(bench.arbiter.get(FAN.id).owner).toBe("loop");
});

test("a level that was asked for before is refused too while the device does not answer", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  await bench.arbiter.override(FAN.id, ON, "anna");
  fan.writeMood = "refusing";
  fan.readMood = "refusing";
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(FAN.id)).toMatchObject({ actual: null, owner: "manual" });
  await expect(bench.arbiter.override(FAN.id, ON, "ben")).rejects.toMatchObject({ code: "device-unreachable" });
  expect(bench.arbiter.get(FAN.id).reason.text).toContain("anna");
  fan.writeMood = "well";
  fan.readMood = "well";
  expect(await bench.arbiter.override(FAN.id, ON, "ben")).toMatchObject({
    actual: 100,
    confirmation: "confirmed",
  });
});

test("its end does not move when the wall's clock steps", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  await bench.arbiter.override(FAN.id, ON, "anna");
  bench.clock.stepWall(3_600_000);
  await bench.clock.advance(59_000);
  expect(fan.levelPct).toBe(100);
  await bench.clock.advance(1_000);
  expect(fan.levelPct).toBe(0);
});

test("a hand's off does not wait for the shortest time on", async () => {
  const bench = await started(arbiterBench());
  const heater = outputChannel("heater");
  const device = await withOutput(bench, heater);
  bench.arbiter.request(heater.id, "loop:1", SWITCH_ON);
  await bench.arbiter.override(heater.id, { level: 0, durationS: 60 }, "anna");
  expect(device.levelPct).toBe(0);
});

test("a hand's on waits for the shortest time off, without being refused", async () => {
  const bench = await started(arbiterBench());
  const heater = outputChannel("heater");
  const device = await withOutput(bench, heater);
  await bench.arbiter.override(heater.id, ON, "anna");
  await bench.arbiter.override(heater.id, { level: 0, durationS: 60 }, "anna");
  const shown = await bench.arbiter.override(heater.id, { level: 100, durationS: 600 }, "anna");
  expect(shown).toMatchObject({ requested: 0, owner: "interlock", blockedBy: [{ code: "min-off" }] });
  await bench.clock.advance(180_000);
  expect(device.levelPct).toBe(100);
});

test("a dimmer's level is kept inside its limits, and 0 is off", async () => {
  const bench = await started(arbiterBench());
  const lamp = await withOutput(bench, LAMP);
  const levels: number[] = [];
  for (const level of [5, 37.5, 90, 0]) {
    await bench.arbiter.override(LAMP.id, { level, durationS: 60 }, "anna");
    levels.push(lamp.levelPct);
  }
  expect(levels).toEqual([10, 37.5, 60, 0]);
});

test("a switch takes 0 or 100, and no output what is no level", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, FAN);
  await withOutput(bench, LAMP);
  for (const [channelId, level] of [
    [FAN.id, 50],
    [LAMP.id, 101],
    [LAMP.id, -1],
    [LAMP.id, Number.NaN],
  ] as const) {
    const refused = bench.arbiter.override(channelId, { level, durationS: 60 }, "anna");
    await expect(refused).rejects.toMatchObject({ code: "invalid", details: [{ field: "level" }] });
  }
});

test("what is no output is not found", async () => {
  const bench = await started(arbiterBench());
  expect(() => bench.arbiter.get(FAN.id)).toThrowError(expect.objectContaining({ code: "not-found" }));
  await expect(bench.arbiter.override(FAN.id, ON, "anna")).rejects.toMatchObject({ code: "not-found" });
  await expect(bench.arbiter.clearOverride(FAN.id, "anna")).rejects.toMatchObject({ code: "not-found" });
});

test("an on against a broken interlock is refused with its reason, an off is not", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, FAN);
  bench.arbiter.addInterlock({
    channelId: FAN.id,
    blocked: () => ({ code: "leak", text: "Off: there is a leak." }),
  });
  const refused = bench.arbiter.override(FAN.id, ON, "anna");
  await expect(refused).rejects.toMatchObject({ code: "interlocked", message: expect.stringContaining("leak") });
  await bench.arbiter.override(FAN.id, { level: 0, durationS: 60 }, "anna");
  expect(bench.arbiter.get(FAN.id).owner).toBe("interlock");
});

test("an interlock that breaks meanwhile cuts it, and it goes on when that holds again", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  let why: { code: string; text: string } | null = null;
  bench.arbiter.addInterlock({ channelId: FAN.id, blocked: () => why });
  await bench.arbiter.override(FAN.id, ON, "anna");
  why = { code: "leak", text: "Leak." };
  await bench.clock.advance(1_000);
  expect(fan.levelPct).toBe(0);
  why = null;
  await bench.clock.advance(1_000);
  expect(fan.levelPct).toBe(100);
});

test("an unreachable device is refused, and nothing is kept asked for", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, FAN);
  bench.arbiter.setReachable(FAN.id, false);
  await expect(bench.arbiter.override(FAN.id, ON, "anna")).rejects.toMatchObject({ code: "device-unreachable" });
  expect(bench.arbiter.get(FAN.id)).toMatchObject({ owner: "none", requested: 0 });
});

test("an on that the device does not take is refused and taken back", async () => {
  const bench = await started(arbiterBench());
  const heater = outputChannel("heater");
  const device = await withOutput(bench, heater);
  bench.arbiter.request(heater.id, "loop:1", SWITCH_OFF);
  device.writeMood = "hanging";
  const refused = bench.arbiter.override(heater.id, ON, "anna");
  await expect(during(bench.clock, refused, 3_000)).rejects.toMatchObject({ code: "device-unreachable" });
  expect(bench.arbiter.get(heater.id)).toMatchObject({ owner: "loop", requested: 0 });
  expect(bench.store.outputs.get(heater.id)?.override).toBeNull();
});

test("an off that the device does not take is told to be so, and stays asked for", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  bench.arbiter.request(FAN.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  fan.writeMood = "refusing";
  const refused = bench.arbiter.override(FAN.id, { level: 0, durationS: 600 }, "anna");
  await expect(refused).rejects.toMatchObject({
    code: "device-unreachable",
    message: expect.stringContaining("off stays asked for"),
  });
  fan.writeMood = "well";
  await bench.clock.advance(10_000);
  expect(fan.levelPct).toBe(0);
});

test("of two hands the later one counts, and an earlier one that fails takes nothing back from it", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  fan.writeMood = "hanging";
  const first = bench.arbiter.override(FAN.id, ON, "anna");
  const second = bench.arbiter.override(FAN.id, { level: 0, durationS: 600 }, "ben");
  await expect(during(bench.clock, second, 3_000)).rejects.toMatchObject({ code: "device-unreachable" });
  await first;
  expect(bench.arbiter.get(FAN.id)).toMatchObject({ owner: "manual", requested: 0 });
});

test("taking it back returns the output to its loop; taking back nothing changes nothing", async () => {
  const bench = await started(arbiterBench());
  const fan = await withOutput(bench, FAN);
  bench.arbiter.request(FAN.id, "loop:1", SWITCH_OFF);
  await bench.arbiter.override(FAN.id, ON, "anna");
  expect(await bench.arbiter.clearOverride(FAN.id, "ben")).toMatchObject({
    owner: "loop",
    requested: 0,
    actual: 0,
  });
  const told = fan.told.length;
  await bench.arbiter.clearOverride(FAN.id, "ben");
  expect(fan.told).toHaveLength(told);
  expect(bench.events.events.filter(({ by }) => by === "ben")).toHaveLength(1);
});

test("it survives a restart with its end, which may have passed meanwhile", async () => {
  for (const [downMs, levelPct, owner] of [
    [30_000, 100, "manual"],
    [90_000, 0, "none"],
  ] as const) {
    const socket = outputChannel("generic");
    const first = await started(arbiterBench());
    await withOutput(first, socket);
    await first.arbiter.override(socket.id, ON, "anna");
    first.clock.stepWall(downMs);

    const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
    const device = await withOutput(second, socket, new FakeActuator(100));
    expect(device.levelPct).toBe(levelPct);
    expect(second.arbiter.get(socket.id).owner).toBe(owner);
    await second.clock.advance(31_000);
    expect(device.levelPct).toBe(0);
  }
});

test("across a restart with the clock set back it lasts no longer than it had left", async () => {
  const first = await started(arbiterBench());
  const device = await withOutput(first, FAN);
  await first.arbiter.override(FAN.id, ON, "anna");
  first.clock.stepWall(-86_400_000);
  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  await withOutput(second, FAN, device);
  await second.clock.advance(59_000);
  expect(device.levelPct).toBe(100);
  await second.clock.advance(1_000);
  expect(device.levelPct).toBe(0);
});

test("an off by hand stands before power-up, an on waits for it", async () => {
  const pump = outputChannel("return-pump");
  const first = await started(arbiterBench());
  await withOutput(first, pump);
  await withOutput(first, FAN);
  await first.arbiter.override(pump.id, { level: 0, durationS: 600 }, "anna");
  await first.arbiter.override(FAN.id, { level: 100, durationS: 600 }, "anna");

  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  const pumpDevice = await withOutput(second, pump);
  const fanDevice = await withOutput(second, FAN);
  expect(pumpDevice.told).toEqual([0]);
  expect(fanDevice.told).toEqual([0, 100]);
});

test("an override of a store that does not say when it was kept lasts at most as long as one may", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, FAN);
  await first.arbiter.override(FAN.id, ON, "anna");
  const { savedAtMs: _, ...kept } = first.store.outputs.get(FAN.id) ?? unkept();
  first.store.outputs.set(FAN.id, kept);
  first.clock.stepWall(-30 * 86_400_000);
  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  await withOutput(second, FAN);
  const { reason } = second.arbiter.get(FAN.id);
  expect(reason.until).toBe(new Date(second.clock.nowMs() + 604_800_000).toISOString());
});

function unkept(): never {
  throw new Error("the output was never kept");
}
