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

test("a new output is driven to its power-up state before anyone has his say", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, outputChannel("heater"), new FakeActuator(100));
  const pump = await withOutput(bench, outputChannel("return-pump"));

  expect(heater.told).toEqual([0]);
  expect(pump.told).toEqual([100]);
  const [, shown] = bench.arbiter.list();
  expect(shown).toMatchObject({ requested: 100, actual: 100, confirmation: "confirmed", owner: "none" });
  expect(shown?.reason.text).toBe("On, its power-up state. Nothing asks for it.");
});

test("a socket without a role is left as its device has it, and shown as it is", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("generic");
  const socket = await withOutput(bench, channel, new FakeActuator(100));

  expect(socket.told).toEqual([]);
  expect(bench.arbiter.get(channel.id)).toMatchObject({ requested: 100, actual: 100, owner: "none" });

  socket.toggleByHand(0);
  await bench.clock.advance(1_000);
  expect(socket.told).toEqual([]);
  expect(bench.arbiter.get(channel.id)).toMatchObject({ requested: 0, actual: 0 });
});

test("a socket without a role goes off when its override ends", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("generic");
  const socket = await withOutput(bench, channel, new FakeActuator(100));

  await bench.arbiter.override(channel.id, { level: 100, durationS: 60 }, "anna");
  await bench.clock.advance(61_000);

  expect(socket.levelPct).toBe(0);
  expect(bench.arbiter.get(channel.id).reason).toMatchObject({ code: "safe-state" });
});

test("a lamp goes back to what it was at when its override ends", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("light", { kind: "dimmer" });
  const lamp = await withOutput(bench, channel, new FakeActuator(35));

  await bench.arbiter.override(channel.id, { level: 80, durationS: 60 }, "anna");
  expect(lamp.levelPct).toBe(80);
  await bench.clock.advance(61_000);
  expect(lamp.levelPct).toBe(35);
});

test("a lamp whose last state nobody knows is left as it is when its override ends", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("light", { kind: "dimmer" });
  const lamp = new FakeActuator(35);
  lamp.isBlind = true;
  await withOutput(bench, channel, lamp);

  await bench.arbiter.override(channel.id, { level: 80, durationS: 60 }, "anna");
  await bench.clock.advance(61_000);
  expect(lamp.told).not.toContain(0);
  expect(bench.arbiter.get(channel.id)).toMatchObject({ actual: null, confirmation: "unknown", owner: "none" });
});

test("at its very first start the shortest time off counts as served", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("heater");
  const heater = await withOutput(bench, channel);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  expect(heater.told).toEqual([0, 100]);
});

test("an ordinary off waits for the shortest time on, and says until when", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("heater");
  const heater = await withOutput(bench, channel);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(20_000);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_OFF);

  expect(bench.arbiter.get(channel.id)).toMatchObject({
    requested: 100,
    owner: "interlock",
    reason: { code: "min-on", text: "On for another 40 s so that the relay is not short-cycled." },
  });
  await bench.clock.advance(40_000);
  expect(heater.levelPct).toBe(0);
});

test("an on waits for the shortest time off, says until when, and comes by itself", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("heater");
  const heater = await withOutput(bench, channel);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(60_000);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_OFF);
  await bench.clock.advance(50_000);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);

  const shown = bench.arbiter.get(channel.id);
  expect(shown).toMatchObject({ requested: 0, owner: "interlock", blockedBy: [{ code: "min-off" }] });
  expect(shown.reason.text).toBe("Off for another 2 min 10 s so that the relay is not short-cycled.");
  expect(shown.reason.until).toBe(new Date(START_MS + 240_000).toISOString());
  await bench.clock.advance(129_999);
  expect(heater.levelPct).toBe(0);
  await bench.clock.advance(1);
  expect(heater.levelPct).toBe(100);
});

test("a protection's off does not wait for the shortest time on", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("chiller");
  const chiller = await withOutput(bench, channel);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  bench.arbiter.request(channel.id, "loop:1", { ...SWITCH_OFF, code: "sensor-not-good", isUrgent: true });
  expect(chiller.told.at(-1)).toBe(0);
});

test("across a restart the shortest time off goes on, with the downtime counted", async () => {
  const first = await started(arbiterBench());
  const channel = outputChannel("heater");
  await withOutput(first, channel);
  first.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await first.clock.advance(60_000);
  await during(first.clock, first.arbiter.stop(), 5_000);

  await first.clock.advance(100_000);
  const second = await started(arbiterBench(first));
  const heater = await withOutput(second, channel);
  second.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await second.clock.advance(79_000);
  expect(heater.levelPct).toBe(0);
  await second.clock.advance(2_000);
  expect(heater.levelPct).toBe(100);
});

test("downtime does not count where the clock stands before what was kept", async () => {
  const first = await started(arbiterBench());
  const channel = outputChannel("heater");
  await withOutput(first, channel);
  first.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await first.clock.advance(60_000);
  await during(first.clock, first.arbiter.stop(), 5_000);

  await first.clock.advance(1_000_000);
  first.clock.stepWall(-2_000_000);
  const second = await started(arbiterBench(first));
  const heater = await withOutput(second, channel);
  second.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await second.clock.advance(179_000);
  expect(heater.levelPct).toBe(0);
  await second.clock.advance(2_000);
  expect(heater.levelPct).toBe(100);
});

test("one that was on when the program was killed is off for its shortest time first", async () => {
  const first = await started(arbiterBench());
  const channel = outputChannel("heater");
  const heater = await withOutput(first, channel);
  first.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await first.clock.advance(10_000);

  const second = await started(arbiterBench({ ...first, clock: first.clock }));
  await withOutput(second, channel, heater);
  second.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await second.clock.advance(0);
  expect(second.arbiter.get(channel.id).reason.code).toBe("min-off");
});

test("a step of the wall's clock move no guard", async () => {
  const bench = await started(arbiterBench());
  const channel = outputChannel("heater");
  const heater = await withOutput(bench, channel);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(60_000);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_OFF);
  bench.clock.stepWall(3_600_000);
  bench.arbiter.request(channel.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(170_000);
  expect(heater.levelPct).toBe(0);
});
