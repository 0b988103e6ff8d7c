import { expect, test } from "vitest";
import { arbiterBench, during, START_MS, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeOutputStateStore } from "#tests/fakes/fake-output-state-store.ts";

const HEATER = outputChannel("heater");
const PUMP = outputChannel("return-pump");
const SKIMMER = outputChannel("skimmer", { settings: { emergencyState: 100 } });

test("it drives every output to its emergency state at once, and a device that hangs delays no other", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  const pump = await withOutput(bench, PUMP);
  const skimmer = await withOutput(bench, SKIMMER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  heater.writeMood = "hanging";
  const fromMs = bench.clock.monotonicMs();

  const engaged = bench.arbiter.engageEmergencyStop("anna");

  expect([heater.told.at(-1), pump.told.at(-1), skimmer.told.at(-1)]).toEqual([0, 0, 100]);
  const state = await during(bench.clock, engaged, 1_000);
  expect(bench.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(1_000);
  expect(state).toEqual({ isActive: true, since: new Date(START_MS).toISOString(), by: "anna" });
  expect(bench.arbiter.get(PUMP.id)).toMatchObject({
    owner: "emergency-stop",
    actual: 0,
    reason: { code: "emergency-stop", text: "Emergency stop by anna: held until an operator releases it." },
  });
});

test("it is over within the moment where every device answers", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, PUMP);
  await bench.arbiter.engageEmergencyStop("anna");
  expect(bench.arbiter.get(PUMP.id)).toMatchObject({ actual: 0, confirmation: "confirmed" });
});

test("while it holds, no hand and no loop moves anything", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  await bench.arbiter.engageEmergencyStop("anna");
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(5_000);
  expect(heater.levelPct).toBe(0);
  const refused = bench.arbiter.override(HEATER.id, { level: 100, durationS: 60 }, "ben");
  await expect(refused).rejects.toMatchObject({ code: "emergency-stopped" });
});

test("a second press changes nothing of who pressed first and when", async () => {
  const bench = await started(arbiterBench());
  const first = await bench.arbiter.engageEmergencyStop("anna");
  await bench.clock.advance(5_000);
  expect(await bench.arbiter.engageEmergencyStop("ben")).toEqual(first);
});

test("it holds over a restart, power-up included, until somebody releases it", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, PUMP);
  await first.arbiter.engageEmergencyStop("anna");

  const second = await started(arbiterBench({ store: first.store }));
  const pump = await withOutput(second, PUMP);
  expect(pump.told).toEqual([0]);
  expect(second.arbiter.emergencyStop()).toMatchObject({ isActive: true, by: "anna" });

  await second.arbiter.releaseEmergencyStop("ben");
  await second.clock.advance(30_000);
  expect(pump.levelPct).toBe(100);
  expect(second.store.emergencyStop).toEqual({ isActive: false, since: null, by: null });
});

test("a socket without a role goes to its safe state when it is released", async () => {
  const bench = await started(arbiterBench());
  const socket = outputChannel("generic");
  const device = await withOutput(bench, socket);
  device.toggleByHand(100);
  await bench.arbiter.engageEmergencyStop("anna");
  await bench.arbiter.releaseEmergencyStop("anna");
  await bench.clock.advance(1_000);
  expect(device.levelPct).toBe(0);
});

test("it does not wait for the shortest time off of an output whose emergency state is on", async () => {
  const bench = await started(arbiterBench());
  const pump = outputChannel("return-pump", { settings: { emergencyState: 100 } });
  const device = await withOutput(bench, pump);
  await bench.arbiter.override(pump.id, { level: 0, durationS: 600 }, "anna");
  await bench.arbiter.engageEmergencyStop("anna");
  expect(device.levelPct).toBe(100);
});

test("an emergency state that is on yields to a broken interlock", async () => {
  const bench = await started(arbiterBench());
  const device = await withOutput(bench, SKIMMER);
  bench.arbiter.addInterlock({ channelId: SKIMMER.id, blocked: () => ({ code: "leak", text: "Leak." }) });
  await bench.arbiter.engageEmergencyStop("anna");
  expect(device.levelPct).toBe(0);
  expect(bench.arbiter.get(SKIMMER.id)).toMatchObject({ owner: "emergency-stop", blockedBy: [{ code: "leak" }] });
});

test("it does not wait longer than a second for a store that hangs, and is kept when the store is back", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, PUMP);
  bench.store.mood = "hanging";
  await during(bench.clock, bench.arbiter.engageEmergencyStop("anna"), 1_000);
  expect(pump.levelPct).toBe(0);
  expect(bench.store.emergencyStop.isActive).toBe(false);
  bench.store.recover();
  await bench.clock.advance(0);
  expect(bench.store.emergencyStop.isActive).toBe(true);
});

test("a store that fails is tried again every cycle, told once, and its return too", async () => {
  const bench = await started(arbiterBench());
  bench.store.mood = "failing";
  await during(bench.clock, bench.arbiter.engageEmergencyStop("anna"), 1_000);
  await bench.clock.advance(3_000);
  expect(bench.arbiter.health()).toMatchObject({ isOk: false });
  bench.store.mood = "well";
  await bench.clock.advance(1_000);
  expect(bench.store.emergencyStop.isActive).toBe(true);
  expect(bench.log.messages.filter((line) => line.includes("kept"))).toEqual([
    "error the state of the outputs cannot be kept",
    "info the state of the outputs is kept again",
  ]);
  expect(bench.arbiter.health()).toMatchObject({ isOk: true });
});

test("one that the store tells of late holds from then on", async () => {
  const store = new FakeOutputStateStore();
  store.emergencyStop = { isActive: true, since: new Date(START_MS).toISOString(), by: "anna" };
  store.mood = "hanging";
  const bench = await started(arbiterBench({ store }));
  const pump = await withOutput(bench, PUMP);
  await bench.clock.advance(60_000);
  expect(pump.levelPct).toBe(100);
  store.recover();
  await bench.clock.advance(0);
  expect(pump.levelPct).toBe(0);
});

test("one that was released meanwhile stays released whatever the store tells late", async () => {
  const store = new FakeOutputStateStore();
  store.emergencyStop = { isActive: true, since: new Date(START_MS).toISOString(), by: "anna" };
  store.mood = "hanging";
  const bench = await started(arbiterBench({ store }));
  await during(bench.clock, bench.arbiter.releaseEmergencyStop("ben"), 1_000);
  store.recover();
  await bench.clock.advance(1_000);
  expect(bench.arbiter.emergencyStop().isActive).toBe(false);
  expect(store.emergencyStop.isActive).toBe(false);
});

test("one that nobody put his name to says so", async () => {
  const store = new FakeOutputStateStore();
  store.emergencyStop = { isActive: true, since: null, by: null };
  const bench = await started(arbiterBench({ store }));
  await withOutput(bench, PUMP);
  expect(bench.arbiter.get(PUMP.id).reason.text).toContain("by somebody");
});

test("an override that was set before a late store answers stands against an older one", async () => {
  const first = await started(arbiterBench());
  const fan = outputChannel("fan");
  await withOutput(first, fan);
  await withOutput(first, SKIMMER);
  for (const { id } of [fan, SKIMMER]) await first.arbiter.override(id, { level: 100, durationS: 600 }, "anna");

  const late = arbiterBench({ store: first.store, clock: first.clock });
  late.store.mood = "hanging";
  await started(late);
  await withOutput(late, fan);
  await withOutput(late, SKIMMER);
  await late.arbiter.override(fan.id, { level: 0, durationS: 600 }, "ben");
  late.store.recover();
  await late.clock.advance(0);
  expect(late.arbiter.get(fan.id)).toMatchObject({ owner: "manual", requested: 0 });
  expect(late.arbiter.get(SKIMMER.id)).toMatchObject({ owner: "manual", requested: 100 });
});

test("who listens hears of the stop and of its release, after the outputs were commanded", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  const heard: unknown[] = [];
  const cancel = bench.arbiter.onEmergencyStopChange(({ isActive, by }) =>
    heard.push([isActive, by, heater.told.at(-1)]),
  );
  await bench.arbiter.engageEmergencyStop("anna");
  await bench.arbiter.releaseEmergencyStop("ben");
  expect(heard).toEqual([
    [true, "anna", 0],
    [false, null, 0],
  ]);
  cancel();
  await bench.arbiter.engageEmergencyStop("anna");
  expect(heard).toHaveLength(2);
});
