import { expect, test } from "vitest";
import { Budget, Guards } from "#contract/guards.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { Arbiter } from "#main/outputs/arbiter.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { arbiterBench, SWITCH_OFF, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const { guards, equipment } = defaultOutputSettings("doser");
/** 2 mL/s, at most 20 mL an hour. */
const DOSER = outputChannel("doser", {
  settings: {
    guards: Guards.parse({ ...guards, budgetMl: Budget.parse({ perHour: 20 }) }),
    equipment: { ...equipment, flowMlPerS: 2 },
  },
});
const dose = (forS: number) => ({ ...SWITCH_ON, code: "dosing", text: "Dosing.", forS });

test("a pump is cut to the ms where its budget is spent, whoever holds it, and told when it may run again", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, DOSER);
  const override = bench.arbiter.override(DOSER.id, { level: 100, durationS: 600 }, "anna");
  await bench.clock.advance(9_999);
  await override;
  expect(pump.levelPct).toBe(100);
  await bench.clock.advance(2);
  expect(pump.levelPct).toBe(0);
  const shown = bench.arbiter.get(DOSER.id);
  expect(shown).toMatchObject({ owner: "interlock", reason: { code: "budget-spent" }, faults: [] });
  expect(shown.budgets).toEqual([{ windowS: 3_600, unit: "mL", used: 20, limit: 20 }]);
  expect(shown.reason.until).not.toBeNull();
  expect(bench.arbiter.useOf(DOSER.id, 3_600)).toMatchObject({ window: { ml: expect.closeTo(20) } });
});

test("a dose that would exceed the budget is refused whole, a smaller one given", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, DOSER);
  bench.arbiter.request(DOSER.id, "loop:1", dose(11));
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(DOSER.id).blockedBy).toMatchObject([{ code: "budget-spent" }]);
  bench.arbiter.request(DOSER.id, "loop:1", dose(10));
  await bench.clock.advance(0);
  expect(pump.levelPct).toBe(100);
});

/** Spends the hour's budget, stops, and starts again more than an hour later. @returns the arbiter of then */
async function spentBefore(isClockSynchronized: () => boolean) {
  const bench = await started(arbiterBench());
  await withOutput(bench, DOSER);
  bench.arbiter.request(DOSER.id, "loop:1", dose(10));
  await bench.clock.advance(10_000);
  bench.arbiter.request(DOSER.id, "loop:1", SWITCH_OFF);
  await bench.clock.advance(1_000);
  await bench.arbiter.stop();
  const clock = new VirtualClock(bench.clock.nowMs() + 3_601_000);
  const after = { ...bench, clock, arbiter: new Arbiter({ ...bench, clock, isClockSynchronized }) };
  await withOutput(await started(after), DOSER);
  return after.arbiter;
}

test("what was spent counts over a restart, and the time away counts where the clock is right", async () => {
  const right = (await spentBefore(() => true)).useOf(DOSER.id, 3_600);
  expect(right.window.ml).toBeCloseTo(0);
  expect(right.total.ml).toBeCloseTo(20);
  const wrong = (await spentBefore(() => false)).useOf(DOSER.id, 3_600);
  expect(wrong.window.ml).toBeCloseTo(20);
});

test("a dose that its loop forgets is cut a tenth later and latched; one that is ended in time is not", async () => {
  const bench = await started(arbiterBench());
  const large = outputChannel("doser");
  const pump = await withOutput(bench, large);
  bench.arbiter.request(large.id, "loop:1", dose(60));
  await bench.clock.advance(60_000);
  bench.arbiter.request(large.id, "loop:1", SWITCH_OFF);
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(large.id).faults).toEqual([]);

  bench.arbiter.request(large.id, "loop:1", dose(60));
  await bench.clock.advance(65_900);
  expect(pump.levelPct).toBe(100);
  await bench.clock.advance(200);
  expect(pump.levelPct).toBe(0);
  expect(bench.arbiter.get(large.id).faults).toMatchObject([{ code: "max-on", latched: true }]);
});

test("a fill that outlasts its plan is latched at once: the plan is its longest", async () => {
  const bench = await started(arbiterBench());
  const topOff = outputChannel("top-off");
  await withOutput(bench, topOff);
  bench.arbiter.request(topOff.id, "loop:1", dose(40));
  await bench.clock.advance(40_100);
  expect(bench.arbiter.get(topOff.id)).toMatchObject({ requested: 0, faults: [{ code: "max-on" }] });
});

/** Doses for 10 s, is killed in the middle, and starts again so much later on the wall. */
async function killedMidDose(awayMs: number, isSynchronized = true) {
  const bench = await started(arbiterBench());
  await withOutput(bench, DOSER);
  bench.arbiter.request(DOSER.id, "loop:1", dose(8));
  await bench.clock.advance(3_000);
  const { store, events, log } = bench;
  const clock = new VirtualClock(bench.clock.nowMs() + awayMs);
  const arbiter = new Arbiter({ clock, store, events, log, isClockSynchronized: () => isSynchronized });
  const after = await started({ ...bench, clock, arbiter });
  const pump = await withOutput(after, DOSER, new FakeActuator(100));
  return { arbiter, pump, clock };
}

test("killed in a dose: off afterwards, the dose counted as given, the rest skipped, and no person needed", async () => {
  const { arbiter, pump } = await killedMidDose(2_000);
  expect(pump.levelPct).toBe(0);
  expect(arbiter.get(DOSER.id)).toMatchObject({ requested: 0, faults: [] });
  expect(arbiter.useOf(DOSER.id, 3_600).window.ml).toBeCloseTo(16);
  expect(arbiter.get(DOSER.id).budgets[0]?.used).toBe(16);
});

test("a pump that may have run on meanwhile counts for that, and is latched where nobody can say for how long", async () => {
  const soon = await killedMidDose(30_000);
  // Planned 8 s, cut at 9 s at the latest by its own timer.
  expect(soon.arbiter.useOf(DOSER.id, 3_600).window.ml).toBeCloseTo(18);
  expect(soon.arbiter.get(DOSER.id).faults).toEqual([]);
  const late = await killedMidDose(600_000);
  expect(late.arbiter.get(DOSER.id).faults).toMatchObject([{ code: "max-on", latched: true }]);
  const unknown = await killedMidDose(2_000, false);
  expect(unknown.arbiter.get(DOSER.id).faults).toMatchObject([{ code: "max-on", latched: true }]);
});

test("a hand that makes a dose longer waits for no disk, but goes no further than the disk knows", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, outputChannel("doser", { name: "free" }));
  const [{ channelId } = { channelId: DOSER.id }] = bench.arbiter.list();
  bench.arbiter.request(channelId, "loop:1", dose(10));
  await bench.clock.advance(1_000);
  bench.store.mood = "hanging";
  bench.arbiter.override(channelId, { level: 100, durationS: 600 }, "anna").catch(() => undefined);
  await bench.clock.advance(9_900);
  expect(pump.levelPct).toBe(100);
  await bench.clock.advance(200);
  expect(pump.levelPct).toBe(0);
});

test("starts, and what they leave of the relay's life, are counted over restarts", async () => {
  const bench = await started(arbiterBench());
  const fan = outputChannel("fan", {
    settings: { equipment: { ...equipment, relayLifeCycles: 100 }, guards: { ...guards, warnStartsPerHour: 2 } },
  });
  await withOutput(bench, fan);
  for (let start = 0; start < 3; start++) {
    bench.arbiter.request(fan.id, "loop:1", SWITCH_ON);
    await bench.clock.advance(5_000);
    bench.arbiter.request(fan.id, "loop:1", SWITCH_OFF);
    await bench.clock.advance(5_000);
  }
  expect(bench.arbiter.get(fan.id)).toMatchObject({
    cycles: { startsLastHour: 3, startsLastDay: 3, startsTotal: 3, relayLifeLeftPct: 97 },
    faults: [{ code: "many-starts", latched: false }],
  });
  await bench.clock.advance(3_600_000);
  expect(bench.arbiter.get(fan.id)).toMatchObject({ cycles: { startsLastHour: 0, startsLastDay: 3 }, faults: [] });
  await bench.arbiter.stop();
  const after = await started(arbiterBench({ clock: bench.clock, store: bench.store }));
  await withOutput(after, fan);
  expect(after.arbiter.get(fan.id).cycles).toMatchObject({ startsLastDay: 3, startsTotal: 3 });
});

test("a latch whose past is still unread cannot be reset", async () => {
  const bench = arbiterBench();
  bench.store.mood = "hanging";
  await started(bench);
  await withOutput(bench, DOSER);
  await expect(bench.arbiter.reset(DOSER.id, "anna")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("local store"),
  });
  bench.store.recover();
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(DOSER.id).faults).toEqual([]);
});
