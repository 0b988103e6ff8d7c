import { expect, test } from "vitest";
import { Guards } from "#contract/guards.ts";
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

const TOP_OFF = outputChannel("top-off", {
  settings: { guards: Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: 300 }) },
});
const DOSER = outputChannel("doser");

function unkept(): never {
  throw new Error("the output was never kept");
}

test("an on is on disk before it happens", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.store.mood = "hanging";
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(500);
  expect(valve.levelPct).toBe(0);
  expect(bench.arbiter.get(TOP_OFF.id)).toMatchObject({ owner: "interlock", reason: { code: "record-pending" } });
  bench.store.recover();
  await bench.clock.advance(0);
  expect(valve.levelPct).toBe(100);
  expect(bench.store.outputs.get(TOP_OFF.id)?.openRun).toEqual({
    channelId: TOP_OFF.id,
    startAtMs: START_MS,
    plannedS: 300,
    plannedMl: null,
    deadlineAtMs: START_MS + 300_000,
  });
});

test("its end is kept too, and off never waits for that", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, DOSER);
  bench.arbiter.request(DOSER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  expect(bench.store.outputs.get(DOSER.id)?.openRun).toMatchObject({ plannedS: 600 });
  bench.store.mood = "hanging";
  bench.arbiter.request(DOSER.id, "loop:1", SWITCH_OFF);
  expect(pump.told.at(-1)).toBe(0);
  bench.store.recover();
  await bench.clock.advance(0);
  expect(bench.store.outputs.get(DOSER.id)?.openRun).toBeNull();
});

test("without a record within a second the on is refused, and tried again later", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.store.mood = "failing";
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(1_000);
  expect(valve.told).toEqual([0]);
  expect(bench.arbiter.get(TOP_OFF.id)).toMatchObject({
    owner: "interlock",
    requested: 0,
    blockedBy: [{ code: "record-unavailable" }],
  });
  bench.store.mood = "well";
  await bench.clock.advance(8_000);
  expect(valve.levelPct).toBe(0);
  await bench.clock.advance(2_000);
  expect(valve.levelPct).toBe(100);
});

test("a record that arrives after its refusal switches nothing on", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.store.mood = "hanging";
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(1_500);
  bench.store.recover();
  await bench.clock.advance(1_000);
  expect(valve.levelPct).toBe(0);
  expect(bench.store.outputs.get(TOP_OFF.id)?.openRun).toBeNull();
});

test("a wish that is gone before its record is there leaves nothing behind", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.store.mood = "hanging";
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(200);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_OFF);
  bench.store.recover();
  await bench.clock.advance(1_000);
  expect(valve.told).toEqual([0]);
  expect(bench.store.outputs.get(TOP_OFF.id)?.openRun).toBeNull();
  expect(bench.arbiter.get(TOP_OFF.id)).toMatchObject({ owner: "loop", blockedBy: [] });
});

test("a hand's on is refused the same way", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.store.mood = "hanging";
  const refused = bench.arbiter.override(TOP_OFF.id, { level: 100, durationS: 60 }, "anna");
  await expect(during(bench.clock, refused, 2_000)).rejects.toMatchObject({ code: "interlocked" });
  bench.store.recover();
  await bench.clock.advance(20_000);
  expect(valve.levelPct).toBe(0);
});

test("past its longest time it is off and latched, whoever wants it on, until an operator resets it", async () => {
  const bench = await started(arbiterBench());
  const valve = await withOutput(bench, TOP_OFF);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(299_999);
  expect(valve.levelPct).toBe(100);
  await bench.clock.advance(1);
  expect(valve.levelPct).toBe(0);

  const shown = bench.arbiter.get(TOP_OFF.id);
  expect(shown).toMatchObject({
    owner: "interlock",
    requested: 0,
    faults: [{ code: "max-on", latched: true }],
    blockedBy: [{ code: "max-on" }],
  });
  expect(shown.reason.text).toBe("Off: it was on for its longest time of 5 min; find out why, then reset it.");
  await expect(bench.arbiter.override(TOP_OFF.id, { level: 100, durationS: 60 }, "anna")).rejects.toMatchObject({
    code: "interlocked",
  });
  await bench.clock.advance(600_000);
  expect(valve.levelPct).toBe(0);

  expect(await bench.arbiter.reset(TOP_OFF.id, "anna")).toMatchObject({ faults: [] });
  await bench.clock.advance(0);
  expect(valve.levelPct).toBe(100);
  expect(bench.events.kinds).toContain("reset");
});

test("a latch survives a crash, and so does its reset", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(301_000);

  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  const valve = await withOutput(second, TOP_OFF);
  second.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await second.clock.advance(60_000);
  expect(valve.told).toEqual([0]);
  await second.arbiter.reset(TOP_OFF.id, "anna");
  await second.clock.advance(1_000);

  const third = await started(arbiterBench({ store: first.store, clock: first.clock }));
  await withOutput(third, TOP_OFF);
  expect(third.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on" }]);
  // It was on when the program ended: that run counts as spent, not the one that was reset.
  expect(third.arbiter.get(TOP_OFF.id).faults[0]?.text).toContain("the program ended while it was on");
});

test("after a clean stop nothing is latched", async () => {
  const first = await started(arbiterBench());
  const valve = await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(10_000);
  await during(first.clock, first.arbiter.stop(), 5_000);
  expect(valve.levelPct).toBe(0);

  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  await withOutput(second, TOP_OFF);
  expect(second.arbiter.get(TOP_OFF.id).faults).toEqual([]);
});

test("where nobody knows what it did before, a capped output stays off until an operator says so", async () => {
  const bench = arbiterBench();
  bench.store.mood = "failing";
  await started(bench);
  bench.store.mood = "well";
  const valve = await withOutput(bench, TOP_OFF);
  const fan = outputChannel("fan");
  await withOutput(bench, fan);
  bench.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(10_000);
  expect(valve.told).toEqual([0]);
  expect(bench.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "state-unknown", latched: true }]);
  expect(bench.arbiter.get(fan.id).faults).toEqual([]);
  await bench.arbiter.reset(TOP_OFF.id, "anna");
  await bench.clock.advance(0);
  expect(valve.levelPct).toBe(100);
});

test("a store that answers late brings its latches along, and what it does not know is free again", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(301_000);

  const late = arbiterBench({ store: first.store, clock: first.clock });
  late.store.mood = "hanging";
  await started(late);
  await withOutput(late, TOP_OFF);
  await withOutput(late, DOSER);
  expect(late.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "state-unknown" }]);
  late.store.recover();
  await late.clock.advance(0);
  expect(late.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on" }]);
  expect(late.arbiter.get(DOSER.id).faults).toEqual([]);
  expect(late.store.outputs.get(TOP_OFF.id)?.faults).toMatchObject([{ code: "max-on" }]);
  expect(late.log.messages).toContain(
    "error the outputs start without what was kept of them: the local store does not answer",
  );
});

test("an open run is a latch to a store that knows nothing of runs", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(10_000);
  const { openRun: _run, savedAtMs: _savedAtMs, ...kept } = first.store.outputs.get(TOP_OFF.id) ?? unkept();
  first.store.outputs.set(TOP_OFF.id, kept);

  const second = await started(arbiterBench({ store: first.store, clock: first.clock }));
  await withOutput(second, TOP_OFF);
  expect(second.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on", latched: true }]);
});

test("what was latched of an output that is let go before a late store answers holds when it is back", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(301_000);

  const late = arbiterBench({ store: first.store, clock: first.clock });
  late.store.mood = "hanging";
  await started(late);
  await withOutput(late, TOP_OFF);
  await late.arbiter.unregister(TOP_OFF.id);
  late.store.recover();
  await late.clock.advance(0);
  await withOutput(late, TOP_OFF);
  expect(late.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on" }]);
});

test("a late store's open run latches too", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(10_000);

  const late = arbiterBench({ store: first.store, clock: first.clock });
  late.store.mood = "hanging";
  await started(late);
  await withOutput(late, TOP_OFF);
  late.store.recover();
  await late.clock.advance(0);
  expect(late.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on", latched: true }]);
});

test("a store that answers late for an output that comes later is believed at its coming", async () => {
  const first = await started(arbiterBench());
  await withOutput(first, TOP_OFF);
  first.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await first.clock.advance(301_000);

  const late = arbiterBench({ store: first.store, clock: first.clock });
  late.store.mood = "hanging";
  await started(late);
  late.store.recover();
  await late.clock.advance(0);
  await withOutput(late, TOP_OFF);
  expect(late.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "max-on" }]);
});

test("a store that fails late leaves things as they are", async () => {
  const bench = arbiterBench();
  bench.store.mood = "hanging";
  await started(bench);
  await withOutput(bench, TOP_OFF);
  bench.store.failHung();
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(TOP_OFF.id).faults).toMatchObject([{ code: "state-unknown" }]);
  expect(bench.arbiter.health().isOk).toBe(false);
});

test("there is nothing to reset where nothing is latched", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, TOP_OFF);
  await expect(bench.arbiter.reset(TOP_OFF.id, "anna")).rejects.toMatchObject({ code: "conflict" });
});
