import { expect, test } from "vitest";
import { ModeId } from "#contract/ids.ts";
import { type LoopConfig, RuleConfig } from "#contract/loops.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { during, START_MS } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { afterPowerCut, doserBench, FAN, LIGHT, RETURN_PUMP, WATER } from "#tests/builders/doser-bench.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";

const FEED = ModeId.parse(newId(5));
const lightsOff = { kind: "output", channelId: LIGHT.id, level: 0 };
const fanOn = { kind: "output", channelId: FAN.id, level: 100 };
const alarm = { kind: "alarm", priority: "high", text: "The water is too warm." };
const startFeed = { kind: "mode", modeId: FEED };
const warm = { kind: "above", channelId: WATER.id, value: 28, hysteresis: 0.5 };

function ruleConfig(actions: readonly object[], changes: object = {}): RuleConfig {
  return RuleConfig.parse({
    id: newId(1),
    type: "rule",
    name: "Too warm",
    conditions: [warm],
    actions,
    ...changes,
  });
}

async function running(rule: RuleConfig, around: Parameters<typeof doserBench>[0] = {}) {
  const bench = await doserBench({ outputs: [LIGHT, FAN, RETURN_PUMP], ...around });
  bench.loops.configure([rule]);
  return {
    bench,
    shown: () => bench.state(rule),
    say: (valueC: number | null) => bench.say(WATER.id, valueC),
    of: (channelId: typeof LIGHT.id) => bench.arbiter.get(channelId),
  };
}

test("too warm: the lights go off at once, a keeper is told, and both end when it has cooled down by the hysteresis (If-then safety rules)", async () => {
  const { shown, say, of, bench } = await running(ruleConfig([lightsOff, alarm]));
  await during(bench.clock, bench.arbiter.override(LIGHT.id, { level: 60, durationS: 1 }, "bella"), 5_000);
  await bench.clock.advance(2_000);
  say(28);
  expect(shown()).toMatchObject({
    state: "idle",
    isTrue: false,
    warnings: [],
    text: "Does nothing: Water is 28 °C, not above 28 °C.",
  });
  say(28.1);
  expect(of(LIGHT.id)).toMatchObject({
    requested: 0,
    owner: "loop",
    reason: { code: "rule", text: "Off: the rule Too warm holds, since Water is 28.1 °C, above 28 °C." },
  });
  expect(shown()).toMatchObject({
    state: "active",
    isTrue: true,
    text: "Acts: Water is 28.1 °C, above 28 °C.",
    conditions: [{ isTrue: true, text: "Water is 28.1 °C, above 28 °C" }],
    warnings: [{ code: "rule-alarm", text: "The water is too warm.", priority: "high" }],
  });
  expect(bench.log.messages).toContain("warn a loop warns");
  say(27.6);
  expect(shown().state).toBe("active");
  say(27.5);
  expect(shown()).toMatchObject({ state: "idle", warnings: [] });
  expect(of(LIGHT.id).owner).toBe("none");
});

test("a sensor that dies leaves off what the rule switched off, and lets go of what it switched on", async () => {
  const { shown, say, of, bench } = await running(ruleConfig([lightsOff, fanOn, alarm]));
  say(29);
  expect(of(FAN.id)).toMatchObject({ requested: 100, owner: "loop" });
  say(null);
  expect(shown()).toMatchObject({ state: "held", isTrue: null });
  expect(of(FAN.id).requested).toBe(100);
  await bench.clock.advance(31_000);
  expect(of(FAN.id)).toMatchObject({ requested: 0, owner: "none" });
  expect(of(LIGHT.id)).toMatchObject({ requested: 0, owner: "loop" });
  expect(shown()).toMatchObject({
    state: "held",
    warnings: [
      { code: "rule-alarm" },
      { code: "rule-blind", text: "The rule Too warm cannot tell whether to act: Water is bad (comm)." },
    ],
  });
  say(29);
  expect(of(FAN.id)).toMatchObject({ requested: 100, owner: "loop" });
});

test("it waits until it can tell, and says why", async () => {
  const { shown, bench } = await running(ruleConfig([fanOn]));
  await bench.clock.advance(31_000);
  expect(shown()).toMatchObject({ state: "waiting", warnings: [{ code: "rule-blind" }] });
  expect(shown().text).toBe("Waits until it can tell: Water has no reading yet.");
});

test("its mode is started once each time it becomes true, and by nobody's name but its own", async () => {
  const { say, bench } = await running(ruleConfig([startFeed]));
  await bench.clock.advance(1_000);
  for (const value of [29, 29.1, 29]) say(value);
  expect(bench.modes.started).toEqual([FEED, "rule Too warm"]);
  say(27);
  bench.modes.started.length = 0;
  say(29);
  expect(bench.modes.started).toHaveLength(2);
  say(27);
  say(29);
  expect(bench.modes.started).toHaveLength(2);
});

test("a mode that cannot be started is said, and the rule acts on", async () => {
  const { say, bench, shown } = await running(ruleConfig([startFeed, alarm]));
  bench.modes.failure = new Error("no such mode");
  await bench.clock.advance(1_000);
  say(29);
  expect(bench.log.messages).toContain("warn a rule cannot start its mode");
  expect(shown().warnings).toHaveLength(1);
});

test("after a power cut a rule that was true starts no mode anew, and keeps off what it had switched off", async () => {
  const rule = ruleConfig([lightsOff, fanOn, startFeed]);
  const { say, bench } = await running(rule);
  await bench.clock.advance(1_000);
  say(29);
  await bench.clock.advance(1_000);
  const after = await afterPowerCut(bench, 60_000, [LIGHT, FAN]);
  after.loops.configure([rule]);
  await after.clock.advance(1_000);
  expect(after.arbiter.get(LIGHT.id)).toMatchObject({ requested: 0, owner: "loop" });
  expect(after.arbiter.get(FAN.id).owner).toBe("none");
  after.say(WATER.id, 28.9);
  expect(after.arbiter.get(FAN.id).owner).toBe("loop");
  expect(after.modes.started).toEqual([]);
  after.say(WATER.id, 27);
  after.say(WATER.id, 29);
  expect(after.modes.started).toHaveLength(2);
});

test("where nobody can tell what was before, a mode is started after a moment", async () => {
  const memory = new FakeControlMemory();
  memory.isHung = true;
  const { say, bench } = await running(ruleConfig([startFeed]), { memory });
  say(29);
  expect(bench.modes.started).toEqual([]);
  for (let s = 0; s < 12; s++) {
    await bench.clock.advance(1_000);
    say(29);
  }
  expect(bench.modes.started).toHaveLength(2);
});

test("what was kept says it was true: it is held so until the first reading says otherwise; what cannot be read says nothing", async () => {
  const rule = ruleConfig([lightsOff, startFeed]);
  const kept = { isActive: true, hasStarted: true, conditions: [{ isMet: true, isTrue: true }] };
  for (const [body, owner] of [
    [kept, "loop"],
    [{ odd: true }, "none"],
  ] as const) {
    const memory = new FakeControlMemory();
    memory.bodies.set(`loop:${rule.id}`, JSON.stringify(body));
    const bench = await doserBench({ outputs: [LIGHT], memory });
    bench.loops.configure([rule]);
    await bench.clock.advance(1_000);
    expect(bench.arbiter.get(LIGHT.id).owner).toBe(owner);
    bench.say(WATER.id, 26);
    expect(bench.arbiter.get(LIGHT.id).owner).toBe("none");
  }
});

test("outputs, modes and the time of day are heard too; without a clock there is no time of day", async () => {
  const rule = ruleConfig([alarm], {
    match: "any",
    conditions: [
      { kind: "output-on", channelId: FAN.id },
      { kind: "output-off", channelId: RETURN_PUMP.id },
      { kind: "mode", mode: "feed" },
      { kind: "time", from: "12:00", to: "13:00" },
    ],
  });
  const { bench, shown } = await running(rule, { clock: new VirtualClock(START_MS + 12 * 3_600_000) });
  expect(shown().conditions.map(({ isTrue }) => isTrue)).toEqual([false, false, false, true]);
  bench.sync.isRight = false;
  bench.modes.kinds = ["feed"];
  await during(bench.clock, bench.arbiter.override(FAN.id, { level: 100, durationS: 60 }, "bella"), 5_000);
  await bench.clock.advance(2_000);
  expect(shown().conditions.map(({ isTrue }) => isTrue)).toEqual([true, false, true, null]);
  expect(shown().conditions[3]?.text).toBe("The time of day is not known: the clock was not set yet");
});

test("an output or a channel that is not there leaves it open", async () => {
  const gone = channelConfig({ name: "Gone" });
  const rule = ruleConfig([alarm], {
    conditions: [
      { kind: "output-on", channelId: RETURN_PUMP.id },
      { kind: "above", channelId: gone.id, value: 1 },
    ],
  });
  const { bench, shown } = await running(rule, { outputs: [LIGHT] });
  await bench.clock.advance(1_000);
  expect(shown().conditions).toEqual([
    { isTrue: null, text: "Return pump does not say whether it is on" },
    { isTrue: null, text: "Its channel is not there any more" },
  ]);
});

test("an output it cannot have is said, and the rule is blocked", async () => {
  const { shown, say } = await running(ruleConfig([fanOn, lightsOff]), { outputs: [LIGHT] });
  say(29);
  expect(shown()).toMatchObject({
    state: "blocked",
    text: "It cannot drive Fan: There is no output with this id.",
  });
});

test("saving a rule lets nothing go that the new one holds too; switched off or removed, it lets go of all", async () => {
  const rule = ruleConfig([lightsOff, fanOn, alarm, { ...alarm, text: "Look at the chiller." }]);
  const { say, of, bench, shown } = await running(rule);
  say(29);
  expect(shown().warnings.map(({ code }) => code)).toEqual(["rule-alarm", "rule-alarm-2"]);
  const told = bench.events.events.length;
  bench.loops.configure([{ ...rule, actions: ruleConfig([lightsOff]).actions }]);
  expect(of(LIGHT.id)).toMatchObject({ requested: 0, owner: "loop" });
  expect(of(FAN.id).owner).toBe("none");
  expect(told).toBeGreaterThan(0);
  bench.loops.configure([{ ...rule, isEnabled: false }] as LoopConfig[]);
  expect(of(LIGHT.id).owner).toBe("none");
  expect(shown()).toMatchObject({ state: "disabled", isTrue: null, conditions: [] });
  bench.loops.configure([rule]);
  say(29);
  expect(of(LIGHT.id).owner).toBe("loop");
  bench.loops.configure([]);
  expect(of(LIGHT.id).owner).toBe("none");
});
