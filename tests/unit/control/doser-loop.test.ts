import { expect, test } from "vitest";
import type { LoopState } from "#contract/loops.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { during } from "#tests/builders/arbiter-bench.ts";
import {
  ALK_PUMP,
  afterPowerCut,
  BARE_PUMP,
  CALCIUM_PUMP,
  type DoserBench,
  doserBench,
  doserConfig,
  PH,
  RETURN_PUMP,
} from "#tests/builders/doser-bench.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";

const MIN_MS = 60_000;
/** From one dose to the next. */
const STEP_MS = 5 * MIN_MS;
const HOUR_MS = 60 * MIN_MS;
const alk = doserConfig();

/** A doser that began at midnight, five seconds ago. */
async function running(
  changes: Parameters<typeof doserConfig>[0] = {},
  around: Parameters<typeof doserBench>[0] = {},
) {
  const bench = await doserBench({ outputs: [ALK_PUMP, RETURN_PUMP], ...around });
  const loop = doserConfig({ id: alk.id, ...changes });
  bench.loops.configure([loop]);
  await bench.clock.advance(1_000);
  return { bench, loop, shown: () => bench.state(loop) as Extract<LoopState, { type: "doser" }> };
}

test("every dose is given at its time, for as long as its pump needs, and shown", async () => {
  const { bench, shown } = await running();
  expect(shown()).toMatchObject({ state: "idle", text: "Gives 2.5 mL 288 times a day.", warnings: [] });
  expect(shown().next).toEqual({ text: "The next dose, 2.5 mL.", at: "2026-01-01T00:05:00.000Z" });
  await bench.clock.advance(STEP_MS - 5_000);
  expect(shown()).toMatchObject({ state: "dosing", text: "Dosing 2.5 mL." });
  expect(bench.arbiter.get(ALK_PUMP.id).reason).toMatchObject({ code: "dose" });
  await bench.clock.advance(10_000);
  expect(shown()).toMatchObject({ state: "idle", dosedLastDayMl: 2.5, skippedLastDay: 0 });
  expect(bench.ran(ALK_PUMP.id)).toEqual({ starts: 1, onS: 5 });
  await bench.clock.advance(5 * STEP_MS);
  const { starts, onS } = bench.ran(ALK_PUMP.id);
  expect(starts).toBe(6);
  expect(onS).toBeCloseTo(30, 1);
  expect(shown().dosedLastDayMl).toBeCloseTo(15, 1);
});

test("saving a doser neither doses nor stops a dose; another plan begins with its next dose", async () => {
  const { bench, loop } = await running();
  await bench.clock.advance(STEP_MS - 5_000);
  bench.loops.configure([{ ...loop, name: "Soda", phMin: 7 }]);
  await bench.clock.advance(10_000);
  expect(bench.ran(ALK_PUMP.id)).toEqual({ starts: 1, onS: 5 });
  bench.loops.configure([{ ...loop, dosesPerDay: 144 }]);
  await bench.clock.advance(7 * MIN_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
  await bench.clock.advance(1 * MIN_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(2);
});

test.each([
  ["switched off", [{ ...alk, isEnabled: false }]],
  ["given another pump", [{ ...alk, pumpChannelId: CALCIUM_PUMP.id }]],
  ["removed", []],
])("%s, it ends its dose at once", async (_, next) => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS - 4_000);
  expect(bench.arbiter.get(ALK_PUMP.id).requested).toBe(100);
  bench.loops.configure(next);
  expect(bench.arbiter.get(ALK_PUMP.id)).toMatchObject({ requested: 0, owner: "none" });
  await bench.clock.advance(30_000);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
});

test("one that is switched off says so and doses nothing", async () => {
  const { bench, shown } = await running({ isEnabled: false });
  await bench.clock.advance(2 * STEP_MS);
  expect(shown()).toMatchObject({ state: "disabled", next: null });
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
});

test("after a power cut in the middle of a dose the pump is off, the dose counts whole, and it is not given again", async () => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS - 4_000);
  expect(bench.arbiter.get(ALK_PUMP.id).requested).toBe(100);
  const after = await afterPowerCut(bench, 20_000);
  after.loops.configure([alk]);
  await after.clock.advance(2 * MIN_MS);
  expect(after.ran(ALK_PUMP.id).starts).toBe(0);
  expect(after.arbiter.get(ALK_PUMP.id).requested).toBe(0);
  const { dosedLastDayMl, skippedLastDay } = after.state(alk);
  expect(skippedLastDay).toBe(0);
  // What it may have run on for counts too.
  expect(dosedLastDayMl).toBeGreaterThanOrEqual(2.5);
  expect(dosedLastDayMl).toBeLessThanOrEqual(3);
});

test("after hours without power what was missed is skipped, and the next dose is given", async () => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS + 5_000);
  const after = await afterPowerCut(bench, 4.5 * STEP_MS);
  after.loops.configure([alk]);
  await after.clock.advance(5_000);
  expect(after.state(alk)).toMatchObject({ skippedLastDay: 4, warnings: [{ code: "dose-missed" }] });
  await after.clock.advance(3 * MIN_MS);
  expect(after.ran(ALK_PUMP.id).starts).toBe(1);
  expect(after.state(alk)).toMatchObject({ warnings: [], dosedLastDayMl: 5 });
});

test("while the clock may be wrong nothing is dosed", async () => {
  const { bench, shown } = await running();
  bench.sync.isRight = false;
  await bench.clock.advance(2 * STEP_MS + 2 * MIN_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
  expect(shown()).toMatchObject({ state: "blocked", text: "No doses: the clock was not set yet." });
  bench.sync.isRight = true;
  await bench.clock.advance(STEP_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
});

test("a wall clock that jumps by an hour doubles no dose", async () => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS + 5_000);
  for (const hours of [1, -1, -1, 1]) {
    bench.clock.stepWall(hours * HOUR_MS);
    await bench.clock.advance(10_000);
    expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
  }
});

test("a return pump that is off, or a pH outside its window, holds a dose back; in time it is given after all", async () => {
  const { bench, shown } = await running({ returnPumpChannelId: RETURN_PUMP.id, phChannelId: PH.id });
  const hold = async (ms: number, ph: number | null) => {
    for (let spent = 0; spent < ms; spent += 10_000) {
      bench.say(PH.id, ph);
      await bench.clock.advance(10_000);
    }
  };
  await hold(STEP_MS, 9);
  expect(shown()).toMatchObject({
    state: "waiting",
    text: "The dose that is due waits: the pH is 9.00, outside 7.7 to 8.6.",
  });
  await hold(20_000, null);
  expect(shown().text).toContain("its pH probe is bad (comm)");
  await hold(20_000, 8.2);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
  await during(
    bench.clock,
    bench.arbiter.override(RETURN_PUMP.id, { level: 0, durationS: 7_200 }, "bella"),
    5_000,
  );
  await hold(6 * MIN_MS, 8.2);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(1);
  expect(shown().warnings).toMatchObject([
    { code: "dose-missed", text: expect.stringContaining("the return pump is not seen to run") },
  ]);
});

test("an opposing pump that ran less than half an hour ago holds a dose back, whoever ran it", async () => {
  const outputs = [ALK_PUMP, CALCIUM_PUMP];
  const { bench, shown } = await running({ opposingChannelIds: [CALCIUM_PUMP.id] }, { outputs });
  await during(bench.clock, bench.arbiter.override(CALCIUM_PUMP.id, { level: 100, durationS: 3 }, "bella"), 5_000);
  await bench.clock.advance(STEP_MS);
  expect(shown().text).toContain("the opposing part was dosed less than 30 min ago");
  await bench.clock.advance(23 * MIN_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
  await bench.clock.advance(8 * MIN_MS);
  expect(bench.ran(ALK_PUMP.id).starts).toBeGreaterThanOrEqual(1);
});

test("two parts that oppose each other take turns by themselves", async () => {
  const bench = await doserBench({ outputs: [ALK_PUMP, CALCIUM_PUMP] });
  const soda = doserConfig({ dosesPerDay: 20, mlPerDay: 50, opposingChannelIds: [CALCIUM_PUMP.id] });
  const calcium = doserConfig({ dosesPerDay: 20, mlPerDay: 50, name: "Calcium", pumpChannelId: CALCIUM_PUMP.id });
  bench.loops.configure([soda, calcium]);
  await bench.clock.advance(1_000);
  const dueMs = [soda, calcium].map((loop) => Date.parse(bench.state(loop).next?.at ?? ""));
  expect(Math.abs((dueMs[0] ?? 0) - (dueMs[1] ?? 0))).toBe(36 * MIN_MS);
});

test("what leaves the container is counted, also by hand, until it is full again; empty, nothing is dosed", async () => {
  const { bench, shown, loop } = await running({ containerMl: 200 });
  expect(shown()).toMatchObject({ containerLeftMl: 200, containerDaysLeft: 200 / 720 });
  await bench.clock.advance(STEP_MS + 10_000);
  await during(bench.clock, bench.arbiter.override(ALK_PUMP.id, { level: 100, durationS: 60 }, "bella"), 5_000);
  await bench.clock.advance(2 * MIN_MS);
  expect(shown().containerLeftMl).toBeCloseTo(200 - 2.5 - 30, 0);
  expect(shown().warnings).toMatchObject([{ code: "container-low", priority: "low" }]);
  const after = await afterPowerCut(bench, 1_000);
  after.loops.configure([loop]);
  await after.clock.advance(5_000);
  expect(after.state(loop).containerLeftMl).toBeCloseTo(200 - 2.5 - 30, 0);
  await during(after.clock, after.loops.refill(loop.id), 1_000);
  expect(after.state(loop).containerLeftMl).toBe(200);
  after.loops.configure([{ ...loop, containerMl: 3 }]);
  expect(after.state(loop).containerLeftMl).toBe(3);
  await after.clock.advance(2 * STEP_MS);
  expect(after.ran(ALK_PUMP.id).starts).toBe(1);
  expect(after.state(loop)).toMatchObject({
    state: "blocked",
    text: "No doses: its container is empty.",
    containerLeftMl: 0.5,
  });
});

test("a loop without a container is refilled by nobody, and neither is one that is not there", async () => {
  const { bench, loop } = await running();
  await expect(bench.loops.refill(loop.id)).rejects.toThrow("has no container to watch");
  await expect(bench.loops.refill(doserConfig().id)).rejects.toThrow("There is no loop with this id.");
  expect(bench.state(loop)).toMatchObject({ containerLeftMl: null, containerDaysLeft: null });
});

test("a pump that is not calibrated, not there, or latched off stops its doses, and that is said", async () => {
  const bare = await running({ pumpChannelId: BARE_PUMP.id }, { outputs: [BARE_PUMP] });
  expect(bare.shown().text).toBe("No doses: its pump's flow is not calibrated.");
  const gone = await running();
  await during(gone.bench.clock, gone.bench.arbiter.unregister(ALK_PUMP.id), 5_000);
  await gone.bench.clock.advance(STEP_MS + 2 * MIN_MS);
  expect(gone.shown()).toMatchObject({
    text: "No doses: its pump is not there.",
    warnings: [{ code: "no-doses" }, {}],
  });
});

test("a pump that somebody or a mode holds is not dosed with", async () => {
  const { bench, shown } = await running();
  bench.arbiter.request(ALK_PUMP.id, "mode:active", {
    levelPct: 0,
    code: "mode-feed",
    text: "Off: the mode Feed is on.",
  });
  await bench.clock.advance(STEP_MS);
  expect(shown()).toMatchObject({
    state: "waiting",
    text: "The dose that is due waits: its pump is held: Off: the mode Feed is on..",
  });
});

test("a dose that is cut short is not made up for", async () => {
  const { bench, shown } = await running();
  await bench.clock.advance(STEP_MS - 4_000);
  await during(bench.clock, bench.arbiter.engageEmergencyStop("bella"), 5_000);
  await bench.clock.advance(2_000);
  expect(shown().warnings).toMatchObject([{ code: "dose-missed", text: expect.stringContaining("cut short") }]);
  expect(bench.ran(ALK_PUMP.id).onS).toBeLessThan(5);
});

test("a pump that the arbiter refuses is given up after a moment, and the reason is said", async () => {
  const { bench, shown } = await running();
  bench.store.mood = "failing";
  await bench.clock.advance(STEP_MS + 5_000);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
  expect(shown().warnings.map(({ code }) => code)).toContain("dose-missed");
});

test("nothing is dosed that could not be written down before", async () => {
  const { bench, shown } = await running();
  bench.memory.failure = new Error("disk gone");
  await bench.clock.advance(STEP_MS + 5_000);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
  expect(shown()).toMatchObject({ skippedLastDay: 1 });

  const memory = new FakeControlMemory();
  memory.isHung = true;
  const hung = await running({}, { memory });
  await hung.bench.clock.advance(2 * STEP_MS);
  expect(hung.shown().text).toBe("No doses: what was dosed before the restart is not known yet.");
  expect(hung.bench.ran(ALK_PUMP.id).starts).toBe(0);
});

test.each([
  ["spring", Date.UTC(2026, 2, 29, 0, 57), 3],
  ["autumn", Date.UTC(2026, 9, 25, 0, 57), 0],
])(
  "where summer time changes in %s every dose is as long as ever, and none is given twice",
  async (_, atMs, count) => {
    const { bench } = await running({}, { clock: new VirtualClock(atMs), timeZone: "Europe/Berlin" });
    await bench.clock.advance(14 * MIN_MS);
    const { starts, onS } = bench.ran(ALK_PUMP.id);
    expect(starts).toBe(count);
    expect(onS).toBeCloseTo(5 * count, 1);
  },
);

const ended = (bench: DoserBench) => bench.arbiter.stop();

test("the end of the program ends a dose", async () => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS - 4_000);
  await bench.loops.stop();
  expect(bench.arbiter.get(ALK_PUMP.id).requested).toBe(0);
  await during(bench.clock, ended(bench), 5_000);
});

test("a pump that something else drives is left alone, and that is said", async () => {
  const { bench, shown } = await running();
  bench.arbiter.request(ALK_PUMP.id, "loop:other", { levelPct: 0, code: "idle", text: "Idle." });
  await bench.clock.advance(STEP_MS + 5_000);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
  expect(shown().warnings).toMatchObject([
    { code: "dose-missed", text: expect.stringContaining("already driven by") },
  ]);
});

test("a doser that is removed while its dose is being written down gives none", async () => {
  const { bench } = await running();
  await bench.clock.advance(STEP_MS - 7_000);
  bench.memory.isHung = true;
  await bench.clock.advance(1_500);
  bench.loops.configure([]);
  await bench.clock.advance(5_000);
  expect(bench.ran(ALK_PUMP.id).starts).toBe(0);
});

test.each([
  ["spring", "2026-03-29T00:55:00.000Z", "2026-03-29T01:00:00.000Z"],
  ["autumn", "2026-10-25T00:58:00.000Z", "2026-10-25T02:00:00.000Z"],
])("what comes next is told right where summer time changes in %s", async (_, start, next) => {
  const { shown } = await running({}, { clock: new VirtualClock(Date.parse(start)), timeZone: "Europe/Berlin" });
  expect(shown().next?.at).toBe(next);
});
