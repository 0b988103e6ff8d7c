import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import type { Permissive } from "#contract/guards.ts";
import { LoopId } from "#contract/ids.ts";
import { DoserConfig, type LoopConfig, TopOffConfig } from "#contract/loops.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { LoopInterlocks } from "#main/outputs/interlocks/loop-interlocks.ts";
import { newId } from "#main/platform/ids.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { arbiterBench, SWITCH_ON, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { readingOf } from "#tests/builders/reading.ts";
import type { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const { guards, equipment } = defaultOutputSettings("top-off");
const PUMP = outputChannel("return-pump", { name: "Return" });
const TOP_OFF = outputChannel("top-off", {
  name: "Top-off",
  settings: { equipment: { ...equipment, flowMlPerS: 20 } },
});
const LEVEL = channelConfig({ quantity: "level", role: "sump", name: "Level", unit: "%" });
const FLOAT = channelConfig({ quantity: "level", role: "reservoir", name: "Float", unit: "wet" });
const RESERVOIR = channelConfig({ quantity: "level", role: "reservoir", name: "Reservoir", unit: "%" });
const HIGH = channelConfig({ quantity: "level", role: "sump", name: "High", unit: "%" });
const LEAK = channelConfig({ quantity: "leak", role: "generic", name: "Leak", unit: "wet" });
const PH = channelConfig({ quantity: "ph", role: "generic", name: "pH", unit: "pH" });
const doserOf = (name: string) =>
  outputChannel("doser", { name, settings: { equipment: { ...equipment, flowMlPerS: 1 } } });
const [ALK, CA] = [doserOf("Alkalinity"), doserOf("Calcium")];
const CHANNELS: readonly ChannelConfig[] = [PUMP, TOP_OFF, LEVEL, RESERVOIR, HIGH, LEAK, PH, ALK, CA];

const id = () => LoopId.parse(newId(0));
const topOff = (changes: Partial<TopOffConfig> = {}) =>
  TopOffConfig.parse({
    id: id(),
    name: "Top-off",
    type: "top-off",
    pumpChannelId: TOP_OFF.id,
    levelChannelId: LEVEL.id,
    reservoirChannelId: RESERVOIR.id,
    highLevelChannelId: HIGH.id,
    returnPumpChannelId: PUMP.id,
    leakChannelIds: [LEAK.id],
    ...changes,
  });
const doser = (pump: ChannelConfig, changes: Partial<DoserConfig> = {}) =>
  DoserConfig.parse({
    id: id(),
    name: "Doser",
    type: "doser",
    pumpChannelId: pump.id,
    mlPerDay: 24,
    returnPumpChannelId: PUMP.id,
    phChannelId: PH.id,
    ...changes,
  });

/** The tank with its protections and no loop running. */
async function bench(
  loops: readonly LoopConfig[],
  channels = CHANNELS,
  more: { safe?: boolean; volumeL?: number } = {},
) {
  const around = await started(arbiterBench());
  const { arbiter, clock, log } = around;
  const readings = new ReadingsBus({ log, clock });
  let kinds: readonly ModeKind[] = [];
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  let isSafe = more.safe === true;
  const learned = { perDayS: null as number | null, fillS: null as number | null };
  const interlocks = new LoopInterlocks({
    outputs: arbiter,
    readings,
    clock,
    modes: { activeModeKinds: () => kinds, onChange },
    learned: {
      topOffSPerDay: () => learned.perDayS,
      topOffFillS: () => learned.fillS,
      heaterDutyPct: () => null,
    },
    safeMode: { isActive: () => isSafe, onChange },
  });
  interlocks.start();
  interlocks.configure({ loops, channels, tank: { systemVolumeL: more.volumeL ?? null } });
  const devices = new Map<string, FakeActuator>();
  for (const channel of channels.filter(({ kind }) => kind !== "sensor"))
    devices.set(channel.id, await withOutput(around, channel));
  const say = (channel: ChannelConfig, value: number) =>
    readings.publish(readingOf({ channelId: channel.id, value, raw: value, takenAtMs: clock.nowMs() }));
  const well = () => {
    for (const [channel, value] of [
      [LEVEL, 50],
      [RESERVOIR, 80],
      [HIGH, 0],
      [LEAK, 0],
      [PH, 8.1],
    ] as const)
      say(channel, value);
  };
  return {
    ...around,
    learned,
    devices,
    say,
    well,
    setModes: (next: readonly ModeKind[]) => {
      kinds = next;
      for (const listener of listeners) listener();
    },
    endSafeMode: () => {
      isSafe = false;
      for (const listener of listeners) listener();
    },
    codesOf: (channel: ChannelConfig) => arbiter.get(channel.id).blockedBy.map(({ code }) => code),
    hold: async (ms: number) => {
      for (let left = ms; left > 0; left -= 1_000) {
        well();
        await clock.advance(1_000);
      }
    },
  };
}

test("a top-off pumps only with everything its loop names; every reason against it is listed, by hand too", async () => {
  const tank = await bench([topOff()]);
  tank.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  expect(tank.codesOf(TOP_OFF)).toEqual([
    "needs-output-on",
    "permissive-unknown",
    "permissive-unknown",
    "permissive-unknown",
    "permissive-unknown",
  ]);
  const byHand = tank.arbiter.override(TOP_OFF.id, { level: 100, durationS: 60 }, "anna");
  await expect(byHand).rejects.toMatchObject({ code: "interlocked" });
  await tank.hold(58_000);
  expect(tank.codesOf(TOP_OFF)).toEqual(["needs-output-on"]);
  await tank.hold(5_000);
  expect(tank.devices.get(TOP_OFF.id)?.levelPct).toBe(100);
  expect(tank.arbiter.get(TOP_OFF.id).conditions).toEqual([
    { text: "Not during feeding, a water change", holds: true },
    { text: "Return: on for 1 min", holds: true },
    { text: "Level: good and fresh", holds: true },
    { text: "Reservoir: not empty", holds: true },
    { text: "High: dry", holds: true },
    { text: "Leak: dry", holds: true },
  ]);
});

test("each of them stops it at once", async () => {
  const stops: readonly [string, (tank: Awaited<ReturnType<typeof bench>>) => void][] = [
    ["mode-on", (tank) => tank.setModes(["feed"])],
    ["needs-output-on", (tank) => void tank.arbiter.override(PUMP.id, { level: 0, durationS: 60 }, "anna")],
    ["reservoir-empty", (tank) => tank.say(RESERVOIR, 1.5)],
    ["high-level", (tank) => tank.say(HIGH, 1)],
    ["leak", (tank) => tank.say(LEAK, 1)],
  ];
  for (const [code, stop] of stops) {
    const tank = await bench([topOff()]);
    tank.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
    await tank.hold(65_000);
    expect(tank.devices.get(TOP_OFF.id)?.levelPct).toBe(100);
    stop(tank);
    expect(tank.codesOf(TOP_OFF)).toContain(code);
    expect(tank.devices.get(TOP_OFF.id)?.told.at(-1)).toBe(0);
  }
});

test("a leak is told as what it is, and not as the number its detector gives", async () => {
  const tank = await bench([topOff()]);
  tank.say(LEAK, 1);
  const texts = tank.arbiter.get(TOP_OFF.id).blockedBy.map(({ text }) => text);
  expect(texts).toContain("Off: Leak is wet; it must be dry.");
});

test("1 is a full reservoir of a float, and an empty one of a gauge, whose limit can be set", async () => {
  const bare = topOff({ reservoirChannelId: FLOAT.id });
  const float = await bench([bare], [...CHANNELS, FLOAT]);
  float.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  for (let s = 0; s < 65; s += 5) {
    float.say(FLOAT, 1);
    await float.hold(5_000);
  }
  expect(float.codesOf(TOP_OFF)).toEqual([]);
  float.say(FLOAT, 0);
  expect(float.codesOf(TOP_OFF)).toContain("reservoir-empty");

  const gauge = await bench([topOff()]);
  gauge.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await gauge.hold(65_000);
  gauge.say(RESERVOIR, 1);
  expect(gauge.codesOf(TOP_OFF)).toContain("reservoir-empty");

  const deep = await bench([topOff({ reservoirEmptyBelowPct: 15 })]);
  deep.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await deep.hold(65_000);
  deep.say(RESERVOIR, 14);
  expect(deep.codesOf(TOP_OFF)).toContain("reservoir-empty");
});

test("a device that does not answer is not known to be on", async () => {
  const tank = await bench([topOff()]);
  tank.arbiter.request(TOP_OFF.id, "loop:1", SWITCH_ON);
  await tank.hold(65_000);
  tank.arbiter.setReachable(PUMP.id, false);
  await tank.clock.advance(0);
  expect(tank.codesOf(TOP_OFF)).toContain("needs-output-on");
  expect(tank.arbiter.confirmedOnForMs(channelConfig({}).id)).toBeNull();
});

test("a top-off's day is twice the learned one; until that is known, 5 % of the system; what its keeper set stands", async () => {
  const budgetsOf = (tank: Awaited<ReturnType<typeof bench>>) =>
    tank.arbiter.get(TOP_OFF.id).budgets.map(({ windowS, unit, limit }) => [windowS, unit, limit]);
  const tank = await bench([topOff()], CHANNELS, { volumeL: 400 });
  await tank.clock.advance(1_000);
  expect(budgetsOf(tank)).toEqual([[86_400, "mL", 20_000]]);
  tank.learned.perDayS = 400;
  tank.learned.fillS = 30;
  await tank.clock.advance(1_000);
  expect(budgetsOf(tank)).toEqual([[86_400, "s", 800]]);

  const own = { ...guards, budgetS: { per15Min: null, perHour: null, perDay: 90 } };
  const channel = { ...TOP_OFF, output: { ...defaultOutputSettings("top-off"), guards: own } };
  const set = await bench(
    [topOff()],
    CHANNELS.map((c) => (c.id === TOP_OFF.id ? channel : c)),
    { volumeL: 400 },
  );
  await set.clock.advance(1_000);
  expect(budgetsOf(set)).toEqual([[86_400, "s", 90]]);
  const unknown = await bench([topOff()]);
  await unknown.clock.advance(1_000);
  expect(budgetsOf(unknown)).toEqual([]);
});

test("the longest fill is twice the learned one, by hand too", async () => {
  const tank = await bench([topOff({ returnPumpChannelId: null })]);
  tank.learned.fillS = 10;
  tank.well();
  await tank.arbiter.override(TOP_OFF.id, { level: 100, durationS: 600 }, "anna");
  await tank.hold(21_000);
  expect(tank.arbiter.get(TOP_OFF.id)).toMatchObject({ requested: 0, faults: [{ code: "max-on" }] });
});

test("a doser keeps 30 min from what opposes it, whoever names whom, and inside the pH window", async () => {
  const tank = await bench([doser(ALK, { opposingChannelIds: [CA.id] }), doser(CA)]);
  tank.arbiter.request(ALK.id, "loop:1", { ...SWITCH_ON, forS: 1 });
  await tank.hold(3_000);
  tank.arbiter.request(ALK.id, "loop:1", null);
  await tank.hold(2_000);
  expect(tank.codesOf(CA)).toEqual(["needs-output-off"]);
  expect(tank.arbiter.get(CA.id).conditions).toMatchObject([
    { text: "Alkalinity: off for 30 min", holds: false },
    { text: "Return: on", holds: true },
    { text: "pH: at least 7.7 and at most 8.6", holds: true },
  ]);
  await tank.clock.advance(1_790_000);
  await tank.hold(20_000);
  expect(tank.codesOf(CA)).toEqual([]);
  tank.say(PH, 8.7);
  expect(tank.codesOf(CA)).toEqual(["permissive-broken"]);
});

test("a doser's caps are one and a half times its schedule unless its keeper says otherwise", async () => {
  const limitsOf = async (changes: Partial<DoserConfig>) => {
    const tank = await bench([doser(ALK, changes)]);
    await tank.clock.advance(1_000);
    return tank.arbiter.get(ALK.id).budgets.map(({ limit }) => limit);
  };
  // 24 doses of 1 mL: two may fall into one hour.
  expect(await limitsOf({})).toEqual([3, 36]);
  // 12 doses of 2 mL in six hours: three may.
  expect(await limitsOf({ dosesPerDay: 12, dosesFrom: "22:00", dosesTo: "04:00" })).toEqual([9, 36]);
  expect(await limitsOf({ maxMlPerHour: 5, maxMlPerDay: 30, maxMlPerDose: 2 })).toEqual([5, 30]);

  const tank = await bench([doser(ALK)]);
  await tank.hold(3_000);
  await tank.arbiter.override(ALK.id, { level: 100, durationS: 600 }, "anna");
  await tank.hold(3_000);
  expect(tank.arbiter.get(ALK.id)).toMatchObject({ requested: 0, faults: [{ code: "max-on" }] });
});

test("a heater in the sump waits until its return pump is known to run for a minute", async () => {
  const permissives: Permissive[] = [{ kind: "output-on", channelId: PUMP.id, forS: 0 }];
  const heater = outputChannel("heater", { settings: { permissives } });
  const fan = outputChannel("fan", { settings: { permissives } });
  const tank = await bench([], [...CHANNELS, heater, fan]);
  await tank.hold(5_000);
  expect(tank.codesOf(fan)).toEqual([]);
  expect(tank.arbiter.get(heater.id).conditions).toEqual([{ text: "Return: on for 1 min", holds: false }]);
  await tank.hold(60_000);
  expect(tank.arbiter.get(heater.id).conditions).toMatchObject([{ holds: true }]);
});

test("an output that must be off, and one of a channel that is gone, are said by name", async () => {
  const gone = channelConfig({ quantity: "level" });
  const permissives: Permissive[] = [
    { kind: "output-off", channelId: PUMP.id, forS: 0 },
    { kind: "sensor", channelId: gone.id, min: null, max: 5 },
  ];
  const fan = outputChannel("fan", { settings: { permissives } });
  const tank = await bench([], [...CHANNELS, fan]);
  await tank.hold(2_000);
  expect(tank.arbiter.get(fan.id).blockedBy.map(({ text }) => text)).toEqual([
    "Off: Return is not known to be off.",
    "Off: a channel that is gone is not there any more.",
  ]);
  expect(tank.arbiter.get(fan.id).conditions.map(({ text }) => text)).toEqual([
    "Return: off",
    "a channel that is gone: at most 5",
  ]);
});

test("safe mode keeps the pumps of held loops off until it ends", async () => {
  const tank = await bench([doser(ALK, { returnPumpChannelId: null, phChannelId: null })], CHANNELS, {
    safe: true,
  });
  tank.arbiter.request(ALK.id, "loop:1", { ...SWITCH_ON, forS: 1 });
  expect(tank.codesOf(ALK)).toEqual(["safe-mode"]);
  tank.endSafeMode();
  await tank.clock.advance(0);
  expect(tank.devices.get(ALK.id)?.levelPct).toBe(100);
});

test("a protection that fails, fails to off and allows nothing", async () => {
  const tank = await bench([]);
  tank.arbiter.addInterlock({
    channelId: ALK.id,
    blocked: () => null,
    limits: () => {
      throw new Error("a bug");
    },
  });
  tank.arbiter.request(ALK.id, "loop:1", SWITCH_ON);
  await tank.clock.advance(0);
  expect(tank.codesOf(ALK)).toEqual(["budget-spent"]);
});
