import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { ModeId } from "#contract/ids.ts";
import type { ModeConfig } from "#contract/modes.ts";
import { ModeRunner } from "#main/control/modes/mode-runner.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import {
  type ArbiterBench,
  arbiterBench,
  during,
  START_MS,
  started,
  withOutput,
} from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";

const RETURN = outputChannel("return-pump");
const SKIMMER = outputChannel("skimmer");
const LIGHT = outputChannel("light", { kind: "dimmer" });
const GENERIC = outputChannel("generic");
const idOf = (n: number) => ModeId.parse(`01890000-0000-7000-8000-00000000000${n}`);

const feed: ModeConfig = {
  id: idOf(1),
  name: "Feed",
  kind: "feed",
  durationS: 900,
  outputs: [
    { channelId: RETURN.id, level: 0, returnsAfterS: 0 },
    { channelId: SKIMMER.id, level: 0, returnsAfterS: 600 },
  ],
  suppresses: [],
};
const dim: ModeConfig = {
  ...feed,
  id: idOf(2),
  name: "Dim",
  kind: "maintenance",
  outputs: [{ channelId: LIGHT.id, level: 30, returnsAfterS: 0 }],
};
const odd: ModeConfig = {
  ...feed,
  id: idOf(3),
  name: "Odd",
  outputs: [{ channelId: GENERIC.id, level: 0, returnsAfterS: 0 }],
};

interface Around {
  readonly memory?: FakeControlMemory;
  readonly clock?: VirtualClock;
  readonly isSynchronized?: () => boolean;
}

/** A tank's outputs under the arbiter, and its modes. `again` is the same machine after a power cut of so long. */
async function bench(around: Around = {}) {
  const memory = around.memory ?? new FakeControlMemory();
  const arbiter: ArbiterBench = await started(
    arbiterBench(around.clock === undefined ? {} : { clock: around.clock }),
  );
  const { clock, log } = arbiter;
  const modes = new ModeRunner({
    outputs: arbiter.arbiter,
    memory,
    clock,
    log,
    isClockSynchronized: around.isSynchronized ?? (() => true),
  });
  const actuators = { return: new FakeActuator(), skimmer: new FakeActuator(), light: new FakeActuator() };
  await during(clock, modes.start(), 2_000);
  await withOutput(arbiter, RETURN, actuators.return);
  await withOutput(arbiter, SKIMMER, actuators.skimmer);
  await withOutput(arbiter, LIGHT, actuators.light);
  modes.configure([feed, dim, odd]);
  arbiter.arbiter.request(SKIMMER.id, "loop:a", { levelPct: 100, code: "on", text: "On." });
  await clock.advance(1_000);
  let news = 0;
  modes.onChange(() => {
    news += 1;
  });
  const again = (downMs: number, isSynchronized: () => boolean = () => true) =>
    bench({ memory: memory.copy(), clock: new VirtualClock(clock.nowMs() + downMs), isSynchronized });
  return { ...arbiter, modes, memory, actuators, again, news: () => news };
}

const START = { by: "bella" };
const leftS = ({ modes, clock }: Awaited<ReturnType<typeof bench>>) => {
  const active = modes.active();
  return active === null ? null : (Date.parse(active.endsAt) - clock.nowMs()) / 1_000;
};

test("it holds its outputs for its time, gives them back in their turn, and says so", async () => {
  const { modes, clock, arbiter, actuators, news } = await bench();
  await modes.switchOn(feed.id, START);
  const at = (ms: number) => new Date(clock.nowMs() + ms).toISOString();
  expect(modes.active()).toEqual({
    modeId: feed.id,
    name: "Feed",
    kind: "feed",
    stage: "on",
    startedAt: at(0),
    endsAt: at(900_000),
    by: "bella",
    held: [
      { channelId: RETURN.id, level: 0, until: at(900_000) },
      { channelId: SKIMMER.id, level: 0, until: at(1_500_000) },
    ],
  });
  expect(modes.activeModeKinds()).toEqual(["feed"]);
  expect(arbiter.get(RETURN.id)).toMatchObject({
    requested: 0,
    owner: "mode",
    reason: { code: "mode-feed", text: "Off: the mode Feed is on.", until: at(900_000) },
  });
  expect([actuators.return.levelPct, actuators.skimmer.levelPct]).toEqual([0, 0]);

  await clock.advance(900_000);
  expect(modes.active()).toMatchObject({ stage: "returning", endsAt: at(600_000) });
  expect(modes.activeModeKinds()).toEqual([]);
  expect(arbiter.get(RETURN.id)).toMatchObject({ requested: 100, owner: "none" });
  expect(arbiter.get(SKIMMER.id).reason.text).toBe("Off: the mode Feed is over, and this comes back in its turn.");
  await clock.advance(600_000);
  expect(arbiter.get(SKIMMER.id)).toMatchObject({ requested: 100, owner: "loop" });
  expect(modes.active()).toBeNull();
  expect(news()).toBe(3);
});

test("a start may name its own time, and stopping begins the return at once; once more, and all is back", async () => {
  const it = await bench();
  await it.modes.switchOn(feed.id, { ...START, durationS: 60 });
  expect(leftS(it)).toBe(60);
  await it.clock.advance(10_000);
  await it.modes.switchOff("bella");
  expect(it.modes.active()).toMatchObject({ stage: "returning", held: [{ channelId: SKIMMER.id }] });
  expect(leftS(it)).toBe(600);
  await it.modes.switchOff("bella");
  expect(it.modes.active()).toBeNull();
  await expect(it.modes.switchOff("bella")).rejects.toMatchObject({ code: "conflict" });
  expect(() => it.modes.switchOn(idOf(9), START)).toThrow(ReefFault);
});

test("another takes its place; an output both hold never moves", async () => {
  const { modes, clock, arbiter, actuators } = await bench();
  await modes.switchOn(feed.id, START);
  await modes.switchOn(dim.id, START);
  expect(modes.active()).toMatchObject({ name: "Dim", stage: "on" });
  expect(arbiter.get(LIGHT.id)).toMatchObject({ requested: 30, reason: { text: "At 30 %: the mode Dim is on." } });
  expect(arbiter.get(RETURN.id).owner).not.toBe("mode");
  expect(arbiter.get(SKIMMER.id)).toMatchObject({ requested: 0, owner: "mode" });
  await clock.advance(5_000);
  const told = actuators.skimmer.told.length;
  await modes.switchOn(feed.id, START);
  expect(actuators.skimmer.told.length).toBe(told);
  expect(arbiter.get(LIGHT.id).owner).toBe("none");
});

test("after a power cut it goes on with what is left", async () => {
  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  await before.clock.advance(300_000);
  const after = await before.again(120_000);
  expect(after.modes.active()).toMatchObject({ name: "Feed", stage: "on" });
  expect(leftS(after)).toBeCloseTo(900 - 300 - 120 - 1, 0);
  expect(after.arbiter.get(RETURN.id)).toMatchObject({ requested: 0, owner: "mode" });
  await after.clock.advance(480_000);
  expect(after.modes.active()).toMatchObject({ stage: "returning" });
});

test("it is over where its time ran out during the downtime", async () => {
  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  expect((await before.again(1_000_000)).modes.active()).toMatchObject({ stage: "returning" });
  expect((await before.again(9_000_000)).modes.active()).toBeNull();
});

test("downtime counts as nothing while the clock is not right, or where it ran backwards, and as itself once it is right", async () => {
  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  expect(leftS(await before.again(-3_600_000))).toBeCloseTo(899, 0);
  let isSynchronized = false;
  const after = await before.again(120_000, () => isSynchronized);
  expect(leftS(after)).toBeCloseTo(899, 0);
  await after.clock.advance(10_000);
  isSynchronized = true;
  await after.clock.advance(1_000);
  expect(leftS(after)).toBeCloseTo(900 - 120 - 12, 0);
});

test("what is left is kept every quarter of a minute, so that a cut without a clock repeats little", async () => {
  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  await before.clock.advance(600_000);
  const left = leftS(await before.again(60_000, () => false)) ?? 0;
  expect(left).toBeLessThanOrEqual(315);
  expect(left).toBeGreaterThanOrEqual(298);
});

test("a clean stop keeps what is left to the second, and lets nothing go", async () => {
  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  await before.clock.advance(7_000);
  await before.modes.stop();
  expect(before.arbiter.get(SKIMMER.id)).toMatchObject({ owner: "mode" });
  expect(leftS(await before.again(0, () => false))).toBeCloseTo(892, 0);
  const idle = await bench();
  await idle.modes.stop();
  expect(idle.memory.bodies.size).toBe(0);
});

test("the wall's clock may step: what is left stays", async () => {
  const it = await bench();
  await it.modes.switchOn(feed.id, START);
  it.clock.stepWall(3_600_000);
  await it.clock.advance(1_000);
  expect(leftS(it)).toBe(899);
});

test("a store that never answers holds nothing up, and one that fails is said", async () => {
  const memory = new FakeControlMemory();
  memory.isHung = true;
  const it = await bench({ memory });
  await during(it.clock, it.modes.switchOn(feed.id, START), 2_000);
  expect(it.arbiter.get(RETURN.id).owner).toBe("mode");

  const failing = new FakeControlMemory();
  failing.failure = new Error("disk gone");
  const other = await bench({ memory: failing });
  await other.modes.switchOn(feed.id, START);
  expect(other.log.messages).toContain("error which mode was on cannot be read; none is");
  expect(other.log.messages).toContain("error what control must remember could not be kept");
});

test("what is not ours to read is as if nothing had been kept; what comes too late is the past", async () => {
  const memory = new FakeControlMemory();
  memory.bodies.set("modes", JSON.stringify({ savedAtMs: 0, run: { mode: 3 } }));
  expect((await bench({ memory })).modes.active()).toBeNull();

  const before = await bench();
  await before.modes.switchOn(feed.id, START);
  const slow = before.memory.copy();
  let answer: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const load = slow.load.bind(slow);
  slow.load = async (name) => {
    await gate;
    return load(name);
  };
  const after = await bench({ memory: slow });
  await after.modes.switchOn(dim.id, START);
  answer();
  await after.clock.advance(1_000);
  expect(after.modes.active()).toMatchObject({ name: "Dim" });
});

test("an output it cannot have is said once, and a listener that throws keeps nobody from hearing", async () => {
  const { modes, clock, log, news } = await bench();
  modes.onChange(() => {
    throw new Error("deaf");
  });
  await modes.switchOn(odd.id, START);
  await clock.advance(5_000);
  expect(log.messages.filter((line) => line === "warn a mode cannot have an output")).toHaveLength(1);
  expect(log.messages).toContain("error a listener to the mode failed");
  expect(news()).toBe(1);
});

test("an output that comes late is held as soon as it is there, and whoever listens no more hears no more", async () => {
  const it = await bench();
  const cancel = it.modes.onChange(() => {
    throw new Error("still there");
  });
  cancel();
  await it.arbiter.unregister(SKIMMER.id);
  await it.modes.switchOn(feed.id, START);
  await withOutput(it, SKIMMER);
  await it.clock.advance(1_000);
  expect(it.arbiter.get(SKIMMER.id)).toMatchObject({ requested: 0, owner: "mode" });
  expect(START_MS).toBeGreaterThan(0);
});
