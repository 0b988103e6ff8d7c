import { expect, test } from "vitest";
import { arbiterBench, SWITCH_OFF, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const CHANNEL = outputChannel("fan");

test("a command is confirmed by what the device says", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, CHANNEL);
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ requested: 100, confirmation: "pending" });
  await bench.clock.advance(0);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 100, confirmation: "confirmed", owner: "loop" });
  expect(bench.events.kinds).toEqual(["commanded", "confirmed", "commanded", "confirmed"]);
});

test("an output that is left as its device has it is recorded at each level it is found at, once", async () => {
  const bench = await started(arbiterBench());
  const lamp = outputChannel("light", { kind: "dimmer" });
  const device = await withOutput(bench, lamp, new FakeActuator(30));
  await bench.clock.advance(5_000);
  expect(bench.arbiter.get(lamp.id)).toMatchObject({ actual: 30, confirmation: "confirmed", owner: "none" });
  device.toggleByHand(50);
  await bench.clock.advance(2_000);
  device.readMood = "refusing";
  await bench.clock.advance(2_000);
  device.readMood = "well";
  await bench.clock.advance(2_000);
  expect(bench.events.events.map(({ kind, levelPct, owner }) => [kind, levelPct, owner])).toEqual([
    ["confirmed", 30, "none"],
    ["confirmed", 50, "none"],
    ["confirmed", 50, "none"],
  ]);
  expect(device.told).toEqual([]);
});

test("a device that refuses is told again after 1, 2 and 4 s, then every cycle, and is unknown meanwhile", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "refusing";
  const toldAtS: number[] = [];
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  let before = device.told.length;
  for (let s = 1; s <= 11; s++) {
    await bench.clock.advance(1_000);
    if (device.told.length > before) toldAtS.push(s);
    before = device.told.length;
  }

  expect(toldAtS).toEqual([1, 3, 7, 8, 9, 10, 11]);
  const shown = bench.arbiter.get(CHANNEL.id);
  expect(shown).toMatchObject({ actual: null, confirmation: "failed", requested: 100 });
  expect(shown.faults).toMatchObject([{ code: "not-confirmed", latched: false }]);
  expect(bench.events.kinds.filter((kind) => kind === "confirm-failed")).toHaveLength(1);

  device.writeMood = "well";
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 100, confirmation: "confirmed", faults: [] });
  expect(bench.log.messages.filter((line) => line.includes("confirm"))).toEqual([
    "warn output not confirmed; it is told again until it is",
    "info output confirmed again",
  ]);
});

test("a device that says yes and does nothing is failed after 3 s, with what it says shown", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "lying";
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(2_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 0, confirmation: "pending" });
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 0, confirmation: "failed" });
  expect(bench.arbiter.get(CHANNEL.id).faults[0]?.text).toContain("the device says 0 %");
});

test("a slow device confirms in the end without being failed", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "lying";
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(1_500);
  device.levelPct = 100;
  await bench.clock.advance(500);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 100, confirmation: "confirmed" });
});

test("a device that cannot say what it does is unknown, never guessed, and told again now and then", async () => {
  const bench = await started(arbiterBench());
  const device = new FakeActuator();
  device.isBlind = true;
  await withOutput(bench, CHANNEL, device);
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(5_000);
  expect(device.told).toEqual([0, 100]);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: null, confirmation: "unknown", faults: [] });
  await bench.clock.advance(16_000);
  expect(device.told).toEqual([0, 100, 100, 100]);
});

test("a device switched by hand is seen and taken back within a cycle", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.toggleByHand(100);
  await bench.clock.advance(1_000);

  expect(device.levelPct).toBe(0);
  expect(bench.events.events.map(({ reasonCode }) => reasonCode)).toContain("taken-back");
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ owner: "none", confirmation: "confirmed", actual: 0 });
});

test("a heater switched on by hand and taken back rests for its shortest time off", async () => {
  const bench = await started(arbiterBench());
  const heater = outputChannel("heater");
  const device = await withOutput(bench, heater);
  await bench.clock.advance(10_000);
  device.toggleByHand(100);
  await bench.clock.advance(1_000);
  bench.arbiter.request(heater.id, "loop:1", SWITCH_ON);
  expect(bench.arbiter.get(heater.id).reason.code).toBe("min-off");
});

test("a device that falls silent is unknown, not off; its state is asserted until it answers", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  device.readMood = "refusing";
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: null, confirmation: "pending", requested: 100 });
  await bench.clock.advance(4_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: null, confirmation: "failed" });
  device.readMood = "well";
  await bench.clock.advance(4_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 100, confirmation: "confirmed" });
});

test("a read-back that hangs is given up after its time limit", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.readMood = "hanging";
  await bench.clock.advance(4_000);
  expect(bench.arbiter.get(CHANNEL.id).actual).toBeNull();
  device.readMood = "well";
  await bench.clock.advance(4_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 0, confirmation: "confirmed" });
});

test("what is no level is no answer", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.levelPct = 255;
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: null, confirmation: "unknown" });
});

test("an unreachable device is unknown, and told anew when it is back", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  bench.arbiter.setReachable(CHANNEL.id, false);
  bench.arbiter.setReachable(CHANNEL.id, false);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: null, confirmation: "unknown" });

  device.toggleByHand(100);
  bench.arbiter.setReachable(CHANNEL.id, true);
  await bench.clock.advance(0);
  expect(device.told).toEqual([0, 0]);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ actual: 0, confirmation: "confirmed" });
  bench.arbiter.setReachable(outputChannel("fan").id, true);
});

test("an off overtakes an on that hangs, and is repeated should the on arrive late", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "hanging";
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(100);
  device.writeMood = "well";
  bench.arbiter.request(CHANNEL.id, "loop:1", null);
  expect(device.told).toEqual([0, 100, 0]);
  await bench.clock.advance(0);
  expect(device.levelPct).toBe(0);

  device.releaseHung();
  device.levelPct = 100;
  await bench.clock.advance(1_000);
  expect(device.levelPct).toBe(0);
});

test("an on never overtakes: it waits for what hangs, and only the newest level is told", async () => {
  const bench = await started(arbiterBench());
  const dimmer = outputChannel("circulation", { kind: "dimmer" });
  const device = await withOutput(bench, dimmer);
  device.writeMood = "hanging";
  const wish = (levelPct: number) => ({ levelPct, code: "flow", text: "Flow." });
  bench.arbiter.request(dimmer.id, "loop:1", wish(30));
  bench.arbiter.request(dimmer.id, "loop:1", wish(40));
  bench.arbiter.request(dimmer.id, "loop:1", wish(50));
  expect(device.told).toEqual([100, 30]);
  device.writeMood = "well";
  await bench.clock.advance(2_000);
  expect(device.told).toEqual([100, 30, 50]);
  expect(device.levelPct).toBe(50);
});

test("an output that is left as it is falls unknown when its device falls silent", async () => {
  const bench = await started(arbiterBench());
  const socket = outputChannel("generic");
  const device = await withOutput(bench, socket, new FakeActuator(100));
  device.readMood = "refusing";
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(socket.id)).toMatchObject({ requested: 0, actual: null, confirmation: "unknown" });
});

test("a device that takes its command late and then says nothing has not answered", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "hanging";
  device.readMood = "hanging";
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(1_900);
  device.releaseHung();
  await bench.clock.advance(1_100);
  expect(bench.arbiter.get(CHANNEL.id).faults[0]?.text).toBe(
    "Its device does not confirm 100 %: the device did not answer.",
  );
});

test("a second command to a device that fails is no second failure", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, CHANNEL);
  device.writeMood = "refusing";
  device.readMood = "refusing";
  for (const wish of [SWITCH_ON, SWITCH_OFF]) {
    bench.arbiter.request(CHANNEL.id, "loop:1", wish);
    await bench.clock.advance(4_000);
  }
  expect(bench.arbiter.get(CHANNEL.id).faults).toHaveLength(1);
  expect(bench.events.kinds.filter((kind) => kind === "confirm-failed")).toHaveLength(1);
});

test("a device that cannot say what it does and refuses is told again as any other, and well again once it takes it", async () => {
  const bench = await started(arbiterBench());
  const device = new FakeActuator();
  device.isBlind = true;
  await withOutput(bench, CHANNEL, device);
  device.writeMood = "refusing";
  bench.arbiter.request(CHANNEL.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(4_000);
  expect(device.told).toEqual([0, 100, 100, 100]);
  expect(bench.arbiter.get(CHANNEL.id).faults).toMatchObject([{ code: "not-confirmed" }]);
  device.writeMood = "well";
  await bench.clock.advance(4_000);
  expect(bench.arbiter.get(CHANNEL.id)).toMatchObject({ confirmation: "unknown", faults: [] });
});
