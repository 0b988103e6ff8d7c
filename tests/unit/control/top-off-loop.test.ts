import { expect, test } from "vitest";
import type { LoopState } from "#contract/loops.ts";
import { withOutput } from "#tests/builders/arbiter-bench.ts";
import { loopRig } from "#tests/builders/loop-rig.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import {
  HIGH,
  LEAK,
  LEVEL,
  PUMP,
  RESERVOIR,
  RETURN,
  type TopOffBench,
  topOffBench,
  topOffConfig,
} from "#tests/builders/top-off-bench.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOOP = topOffConfig();

function stateOf(bench: TopOffBench, loop = LOOP): Extract<LoopState, { type: "top-off" }> {
  const state = bench.loops.stateOf(loop.id);
  if (state.type !== "top-off") throw new Error("not a top-off");
  return state;
}
const codesOf = (bench: TopOffBench) => stateOf(bench).warnings.map(({ code }) => code);

/** One fill of so many seconds, then a sump that is full for a while. */
async function fill(bench: TopOffBench, forS: number) {
  await bench.hold(0, 11);
  await bench.hold(0, forS);
  await bench.hold(1, 10);
}

test("it fills after the on-delay, for the off-delay past the level, and asks its level every second meanwhile", async () => {
  const bench = await topOffBench();
  bench.loops.configure([LOOP]);
  await bench.hold(1, 5);
  expect(bench.hurried.size).toBe(0);
  await bench.hold(0, 9);
  expect(bench.pump.levelPct).toBe(0);
  expect(bench.hurried).toEqual(new Set([LEVEL.id]));
  await bench.hold(0, 20);
  expect(bench.pump.levelPct).toBe(100);
  expect(stateOf(bench)).toMatchObject({
    state: "filling",
    level: 0,
    next: { text: "It stops when its float is wet." },
  });
  await bench.hold(1, 4);
  expect(bench.pump.levelPct).toBe(100);
  await bench.hold(1, 4);
  expect(bench.pump.levelPct).toBe(0);
  expect(stateOf(bench)).toMatchObject({ state: "idle", level: 1 });
  await bench.hold(1, 60);
  expect(bench.hurried.size).toBe(0);
});

test("while it fills, a level that is silent for more than 3 s stops it", async () => {
  const bench = await topOffBench();
  bench.loops.configure([LOOP]);
  await bench.hold(0, 15);
  expect(bench.pump.levelPct).toBe(100);
  await bench.clock.advance(2_000);
  expect(bench.pump.levelPct).toBe(100);
  await bench.clock.advance(2_000);
  expect(bench.pump.levelPct).toBe(0);
  expect(stateOf(bench)).toMatchObject({ state: "blocked", level: null });
  expect(stateOf(bench).text).toMatch(/silent for [45] s while it is needed/);
  expect(codesOf(bench)).toEqual(["sensor-not-good"]);
});

test.each([
  ["the level's sensor is lost", (bench: TopOffBench) => bench.lose(), "sensor-not-good"],
  ["the high sensor gets wet", (bench: TopOffBench) => bench.say(1, HIGH.id), "high-level-wet"],
  ["water is on the floor", (bench: TopOffBench) => bench.say(1, LEAK.id), "leak"],
  ["the reservoir is empty", (bench: TopOffBench) => bench.say(0, RESERVOIR.id), "reservoir-empty"],
])("it stops at once when %s, whatever its shortest time on, and warns", async (_, mishap, code) => {
  const bench = await topOffBench();
  const loop = {
    ...LOOP,
    highLevelChannelId: HIGH.id,
    reservoirChannelId: RESERVOIR.id,
    leakChannelIds: [LEAK.id],
  };
  bench.loops.configure([loop]);
  bench.say(0, HIGH.id);
  bench.say(0, LEAK.id);
  bench.say(60, RESERVOIR.id);
  await bench.hold(0, 15);
  expect(bench.pump.levelPct).toBe(100);
  expect(bench.hurried).toEqual(new Set([LEVEL.id, HIGH.id]));
  mishap(bench);
  await bench.clock.advance(0);
  expect(bench.pump.levelPct).toBe(0);
  expect(codesOf(bench)).toContain(code);
});

test("after the program's start it waits ten minutes", async () => {
  const bench = await topOffBench({}, { startedAtMs: 0 });
  bench.loops.configure([LOOP]);
  await bench.hold(0, 60);
  expect(stateOf(bench)).toMatchObject({ state: "waiting", next: { text: "It fills as soon as it may." } });
  expect(Date.parse(stateOf(bench).next?.at ?? "")).toBe(Date.UTC(2026, 0, 1, 0, 10));
  await bench.hold(0, 545);
  expect(bench.pump.levelPct).toBe(100);
});

test("it waits while the tank is fed or its water changed, and for the return pump", async () => {
  const bench = await topOffBench();
  bench.loops.configure([{ ...LOOP, returnPumpChannelId: RETURN.id }]);
  bench.modes.add("feed");
  await bench.hold(0, 20);
  expect(stateOf(bench).text).toContain("mode feed");
  bench.modes.delete("feed");
  bench.modes.add("vacation");
  await bench.hold(0, 20);
  expect(stateOf(bench).state).toBe("waiting");
  expect(stateOf(bench).text).toContain("return pump");
  await bench.hold(0, 40);
  expect(bench.pump.levelPct).toBe(100);
  await bench.arbiter.override(RETURN.id, { level: 0, durationS: 60 }, "keeper");
  await bench.hold(0, 2);
  expect(bench.pump.levelPct).toBe(0);
  expect(stateOf(bench)).toMatchObject({ state: "waiting", next: { at: null } });
});

test("it learns how long a fill takes, gives the next one twice as long, and counts what it pumped", async () => {
  const memory = new FakeControlMemory();
  const bench = await topOffBench({}, { memory });
  bench.loops.configure([LOOP]);
  expect(bench.loops.learned.topOffFillS(PUMP.id)).toBeNull();
  for (let n = 0; n < 5; n++) {
    await fill(bench, 60);
    await bench.hold(1, 400);
  }
  const learned = stateOf(bench).learnedFillS ?? 0;
  expect(learned).toBeGreaterThan(58);
  expect(learned).toBeLessThan(70);
  expect(bench.loops.learned.topOffFillS(PUMP.id)).toBeCloseTo(learned, 0);
  expect(bench.loops.learned.topOffFillS(RETURN.id)).toBeNull();
  expect(bench.loops.learned.heaterDutyPct(PUMP.id)).toBeNull();
  expect(stateOf(bench).pumpedLastDayL).toBeCloseTo((5 * learned * 20) / 1_000, 1);
  expect(stateOf(bench).next?.at).not.toBeNull();
  expect(stateOf(bench).evaporationLPerDay).toBeNull();
  expect(bench.loops.learned.topOffSPerDay(PUMP.id)).toBeNull();

  // A float that hangs dry for ever: the arbiter ends it, far below five minutes.
  await bench.hold(0, 11);
  await bench.hold(0, 180);
  expect(bench.pump.levelPct).toBe(0);
  expect(bench.arbiter.get(PUMP.id).faults.some(({ latched }) => latched)).toBe(true);
  expect(stateOf(bench)).toMatchObject({ state: "blocked" });
  expect(stateOf(bench).text).toContain("held off");

  const restarted = await topOffBench({ clock: bench.clock }, { memory: memory.copy() });
  restarted.loops.configure([LOOP]);
  await restarted.clock.advance(0);
  expect(stateOf(restarted).learnedFillS).toBeCloseTo(learned, 5);
});

test("a week's days make the usual day; a pump that never ran in it leaves none", async () => {
  const memory = new FakeControlMemory();
  const startMs = Date.UTC(2026, 0, 1);
  const runs = Array.from({ length: 8 }, (_, day) => ({
    endedAtMs: startMs - day * DAY - HOUR,
    onS: 400 + day,
    isFill: true,
  }));
  const kept = { knownSinceMs: startMs - 9 * DAY, runs: runs.toReversed() };
  await memory.save(`loop:${LOOP.id}`, kept);
  const bench = await topOffBench({}, { memory });
  bench.loops.configure([LOOP]);
  await bench.clock.advance(1_000);
  expect(bench.loops.learned.topOffSPerDay(PUMP.id)).toBe(403);
  expect(stateOf(bench).evaporationLPerDay).toBeCloseTo(8.06, 5);
  expect(stateOf(bench).pumpedLastDayL).toBeCloseTo(8, 5);
  expect(bench.loops.learned.topOffSPerDay(RETURN.id)).toBeNull();

  await memory.save(`loop:${LOOP.id}`, { ...kept, runs: [] });
  const idle = await topOffBench({}, { memory });
  idle.loops.configure([LOOP]);
  await idle.clock.advance(1_000);
  expect(idle.loops.learned.topOffSPerDay(PUMP.id)).toBeNull();
  expect(stateOf(idle).evaporationLPerDay).toBe(0);
});

test.each([
  ["says nothing to this program", { runs: 3 }],
  ["was kept while the clock was wrong", { knownSinceMs: null, runs: [] }],
])("a document that %s leaves the pump as if nothing was learned", async (_, kept) => {
  const memory = new FakeControlMemory();
  await memory.save(`loop:${LOOP.id}`, kept);
  const rig = loopRig(LOOP, [LEVEL, PUMP], { memory });
  await rig.settled();
  rig.publish(LEVEL.id, 1);
  rig.loop.decide();
  expect(rig.loop.state()).toMatchObject({ learnedFillS: null, evaporationLPerDay: null });
});

test.each([
  [true, 0],
  [false, null],
])("days count from when the clock could be trusted (%s)", (isSynchronized, expectedL) => {
  const rig = loopRig(LOOP, [LEVEL, PUMP], { isClockSynchronized: () => isSynchronized });
  rig.publish(LEVEL.id, 1);
  rig.loop.decide();
  rig.clock.step(3 * DAY);
  rig.loop.decide();
  expect(rig.loop.state()).toMatchObject({ evaporationLPerDay: expectedL });
});

test("where nobody can ask more often, readings are believed for as long as ever", () => {
  const rig = loopRig(LOOP, [LEVEL, PUMP], { hurry: () => null });
  for (let s = 0; s < 60; s += 10) {
    rig.publish(LEVEL.id, 0);
    rig.clock.step(10_000);
    rig.loop.decide();
  }
  expect(rig.outputs.wishes.get(PUMP.id)).toMatchObject({ levelPct: 100, forS: 300 });
});

test("saving it while it fills never blips its pump; other delays and levels hold from where it is", async () => {
  const bench = await topOffBench();
  bench.loops.configure([LOOP]);
  await bench.hold(0, 20);
  bench.loops.configure([{ ...LOOP, name: "Renamed", offDelayS: 20 }]);
  bench.loops.configure([{ ...LOOP, name: "Renamed", offDelayS: 20 }, topOffConfig({ isEnabled: false })]);
  await bench.hold(0, 5);
  expect(bench.pump.told).toEqual([0, 100]);
  await bench.hold(1, 15);
  expect(bench.pump.levelPct).toBe(100);
  await bench.hold(1, 10);
  expect(bench.pump.levelPct).toBe(0);
});

test("with another sensor it begins anew; switched off, moved to another pump or gone, it lets go", async () => {
  const bench = await topOffBench();
  bench.loops.configure([LOOP]);
  await bench.hold(0, 20);
  bench.loops.configure([{ ...LOOP, levelChannelId: HIGH.id }]);
  expect(bench.pump.told.at(-1)).toBe(0);
  expect(bench.hurried.size).toBe(0);

  bench.loops.configure([{ ...LOOP, isEnabled: false }]);
  expect(stateOf(bench)).toMatchObject({ state: "disabled", level: null, next: null, warnings: [] });
  expect(bench.arbiter.get(PUMP.id).owner).toBe("none");

  const other = outputChannel("top-off", { name: "Other" });
  const second = await withOutput(bench, other);
  bench.loops.configure([LOOP]);
  await bench.hold(0, 20);
  bench.loops.configure([{ ...LOOP, pumpChannelId: other.id }]);
  await bench.clock.advance(0);
  expect([bench.pump.levelPct, second.levelPct]).toEqual([0, 0]);
  await bench.loops.stop();
  expect(() => bench.loops.stateOf(LOOP.id)).toThrowError(expect.objectContaining({ code: "not-found" }));
});

test("a sensor that is gone, or a pump that is not there, is said and nothing else happens", async () => {
  const bench = await topOffBench();
  const nowhere = outputChannel("top-off");
  bench.loops.configure([{ ...LOOP, pumpChannelId: nowhere.id }]);
  await bench.hold(0, 15);
  expect(stateOf(bench)).toMatchObject({ state: "blocked", pumpedLastDayL: null });
  expect(stateOf(bench).text).toContain("It cannot drive its output");
  const gone = topOffConfig({ levelChannelId: nowhere.id });
  bench.loops.configure([gone]);
  expect(bench.loops.stateOf(gone.id).text).toContain("is not there any more");
});

test("outputs that cannot be reached are not on: nothing is counted, and no return pump is believed to run", () => {
  const rig = loopRig({ ...LOOP, returnPumpChannelId: RETURN.id }, [LEVEL, PUMP, RETURN]);
  rig.outputs.changes.set(PUMP.id, { actual: null });
  rig.outputs.changes.set(RETURN.id, { actual: null });
  const stepThrough = () => {
    for (let s = 0; s < 90; s++) {
      rig.publish(LEVEL.id, 0);
      rig.clock.step(1_000);
      rig.loop.decide();
    }
  };
  stepThrough();
  expect(rig.loop.state()).toMatchObject({
    state: "waiting",
    text: expect.stringContaining("return pump is not on"),
  });
  rig.outputs.changes.set(RETURN.id, { actual: 100 });
  stepThrough();
  expect(rig.loop.state()).toMatchObject({ state: "filling", pumpedLastDayL: 0 });
  rig.loop.reconfigure({ ...LOOP, isEnabled: false });
  rig.loop.decide();
  expect(rig.loop.state()).toMatchObject({ state: "disabled", pumpedLastDayL: 0 });
});

test("a pump the arbiter keeps waiting is waited for, and nothing is wrong with that", () => {
  const rig = loopRig(LOOP, [LEVEL, PUMP]);
  const reason = { code: "min-off", text: "Off for another 4 min.", until: null };
  rig.outputs.changes.set(PUMP.id, { requested: 0, actual: 0, blockedBy: [reason] });
  for (let s = 0; s < 15; s++) {
    rig.publish(LEVEL.id, 0);
    rig.clock.step(1_000);
    rig.loop.decide();
  }
  expect(rig.loop.state()).toMatchObject({
    state: "waiting",
    text: "Low, but its pump is held off. Off for another 4 min.",
  });
});

test("what somebody pumped by hand counts too", async () => {
  const bench = await topOffBench();
  bench.loops.configure([LOOP]);
  await bench.hold(1, 2);
  await bench.arbiter.override(PUMP.id, { level: 100, durationS: 50 }, "keeper");
  await bench.hold(1, 60);
  expect(stateOf(bench).pumpedLastDayL).toBeCloseTo(1, 0);
  expect(stateOf(bench).learnedFillS).toBeNull();
});
