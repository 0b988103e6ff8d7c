import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import type { LoopState, ThermostatConfig } from "#contract/loops.ts";
import type { LoopDeps } from "#main/control/control-loop.ts";
import { learnedFiguresOf } from "#main/control/learned-figures.ts";
import { loopRig } from "#tests/builders/loop-rig.ts";
import { CHANNELS, CHILLER, DISPLAY, HEATER, loopConfig, ROOM, SUMP } from "#tests/builders/thermostat-bench.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START_MS = Date.UTC(2026, 0, 1);
const LOOP = loopConfig({ roomSensorChannelId: ROOM.id });

function gonePlug(): never {
  throw new ReefFault("not-found", "There is no such output.");
}

function rigOf(config: ThermostatConfig = LOOP, around: Partial<LoopDeps> = {}) {
  const rig = loopRig(config, CHANNELS, around);
  const state = (): Extract<LoopState, { type: "thermostat" }> => {
    const now = rig.loop.state();
    if (now.type !== "thermostat") throw new Error("not a thermostat");
    return now;
  };
  const say = (waterC: number | null, roomC: number | null = 22) => {
    rig.publish(DISPLAY.id, waterC);
    rig.publish(ROOM.id, roomC);
    rig.loop.decide();
  };
  return {
    ...rig,
    state,
    say,
    codes: () => state().warnings.map(({ code }) => code),
    heaterPct: () => rig.outputs.levelOf(HEATER.id),
    learned: learnedFiguresOf(() => [rig.loop]),
    /** Says the same every 10 s for so long. */
    pass: (forMs: number, waterC: number | null, roomC?: number | null) => {
      for (let ms = 0; ms < forMs; ms += 10_000) {
        rig.clock.step(10_000);
        say(waterC, roomC);
      }
    },
  };
}

/** What a week of this tank leaves behind: a share of every hour on, at 3 °C above the room. */
function weekOf(duty: number, untilMs = START_MS) {
  const hours = Array.from({ length: 7 * 24 }, (_, index) => {
    const atMs = untilMs - (index + 1) * HOUR;
    return { atMs, hour: new Date(atMs).getUTCHours(), onS: duty * 3_600, coveredS: 3_600, aboveRoomC: 3 };
  });
  return { heat: { on: [], off: [] }, hours: hours.toReversed(), startsAtMs: [] };
}

async function rigThatLearned(learned: unknown, config = LOOP) {
  const memory = new FakeControlMemory();
  await memory.save(`loop:${LOOP.id}`, learned);
  const rig = rigOf(config, { memory });
  await rig.settled();
  return { ...rig, memory };
}

test("by night and by season it holds another temperature, by the tank's own clock", () => {
  const night = { setpointC: 24.5, from: "22:00", to: "06:00" };
  const loop = loopConfig({ night });
  const rig = rigOf(loop, { timeZone: () => "Asia/Tokyo" });
  // Midnight UTC is nine in the morning in Tokyo.
  rig.say(25);
  expect(rig.state()).toMatchObject({ state: "heating", activeSetpointC: 25.5 });
  rig.clock.step(13 * HOUR);
  rig.say(25);
  expect(rig.state()).toMatchObject({ state: "idle", activeSetpointC: 24.5 });
  rig.loop.reconfigure({ ...loop, night: null, monthlyOffsetsC: Array(12).fill(0.5) });
  expect(rig.state().activeSetpointC).toBe(26);
});

test("a zone this machine does not know reads as UTC: the water goes on being held", () => {
  const rig = rigOf(LOOP, { timeZone: () => "Mars/Olympus" });
  rig.say(25);
  expect(rig.state()).toMatchObject({ state: "heating", activeSetpointC: 25.5 });
});

test("it counts the heater's starts of a day, learns how the water moves, and says what comes next and when", () => {
  const rig = rigOf();
  rig.say(25.5);
  // 0.5 °C/h up and 0.2 °C/h down.
  for (let cycle = 0; cycle < 4; cycle++) {
    for (let minute = 0; minute < 40; minute++) rig.pass(MINUTE, 25.32 + minute / 120);
    for (let minute = 0; minute < 90; minute++) rig.pass(MINUTE, 25.655 - minute / 300);
  }
  expect(rig.state().heaterStartsLastDay).toBe(4);
  expect(rig.state().next?.text).toBe("Heating begins below 25.35 °C.");
  expect(Date.parse(rig.state().next?.at ?? "")).toBeGreaterThanOrEqual(rig.clock.nowMs());
  expect(rig.learned.heatModelOf(HEATER.id)).toMatchObject({ isLearned: true });
  expect(rig.learned.heatModelOf(HEATER.id)?.heaterCPerH).toBeCloseTo(0.7, 1);
  expect(rig.learned.heatModelOf(CHILLER.id)).toBeNull();
  expect(rig.learned.heaterDutyPct(CHILLER.id)).toBeNull();
  expect(rig.learned.topOffFillS(HEATER.id)).toBeNull();
  rig.pass(MINUTE, 25.3);
  expect(rig.state().next?.text).toBe("Heating ends at 25.65 °C.");
  expect(rig.state().next?.at).not.toBeNull();
  rig.clock.step(25 * HOUR);
  expect(rig.state().heaterStartsLastDay).toBe(0);
});

test("what it learned survives a restart", async () => {
  const memory = new FakeControlMemory();
  const first = rigOf(LOOP, { memory });
  await first.settled();
  first.say(25.5);
  first.pass(20 * MINUTE, 25);
  await first.settled();
  expect(memory.bodies.size).toBe(1);
  first.loop.letGo(null);
  await first.settled();
  const second = rigOf(LOOP, { memory: memory.copy() });
  await second.settled();
  expect(second.state().heaterStartsLastDay).toBe(1);
});

test.each(["dead", "hung"])(
  "a store that is %s keeps it from nothing, and nothing is saved into it",
  async (sick) => {
    const memory = new FakeControlMemory();
    if (sick === "dead") memory.failure = new Error("the disk is gone");
    else memory.isHung = true;
    const rig = rigOf(LOOP, { memory });
    await rig.settled();
    rig.pass(30 * MINUTE, 25);
    await rig.settled();
    expect(rig.heaterPct()).toBe(100);
    rig.loop.letGo(null);
    await rig.settled();
    expect(memory.bodies.size).toBe(0);
  },
);

test("a store that wakes up late is asked again, and nothing is saved over what it keeps", async () => {
  const memory = new FakeControlMemory();
  await memory.save(`loop:${LOOP.id}`, weekOf(0.3));
  memory.failure = new Error("not yet");
  const rig = rigOf(LOOP, { memory });
  await rig.settled();
  expect(rig.log.messages.filter((line) => line.includes("learned before could not be read"))).toHaveLength(1);
  rig.say(25.5);
  expect(rig.learned.heaterDutyPct(HEATER.id)).toBeNull();
  memory.failure = null;
  rig.pass(2 * MINUTE, 25.5);
  await rig.settled();
  rig.pass(MINUTE, 25.5);
  expect(rig.learned.heaterDutyPct(HEATER.id)).toBeCloseTo(30, 5);
});

test("a loop that ended while its store was asleep takes nothing up, and asks no more", async () => {
  const memory = new FakeControlMemory();
  memory.failure = new Error("not yet");
  const rig = rigOf(LOOP, { memory });
  rig.loop.letGo(null);
  await rig.settled();
  memory.failure = null;
  rig.clock.step(HOUR);
  await rig.settled();
  expect(rig.learned.heaterDutyPct(HEATER.id)).toBeNull();
  const slow = rigOf(LOOP, { memory });
  slow.loop.letGo(null);
  await slow.settled();
  expect(slow.log.messages.filter((line) => line.includes("could not be read"))).toEqual([]);
});

test("what was kept by another program, or damaged, is as if nothing was learned", async () => {
  const rig = await rigThatLearned({ hours: "many" });
  rig.pass(MINUTE, 25);
  expect(rig.heaterPct()).toBe(100);
  expect(rig.learned.heaterDutyPct(HEATER.id)).toBeNull();
});

test("while the clock may be wrong nothing is booked under its hours, nor while nobody knows what the heater does", () => {
  const unsure = rigOf(LOOP, { isClockSynchronized: () => false });
  unsure.pass(2 * HOUR, 25);
  expect(unsure.learned.heaterDutyPct(HEATER.id)).toBeNull();
  const gone = rigOf(LOOP, { outputs: { ...unsure.outputs, request: () => undefined, get: gonePlug } });
  gone.pass(2 * HOUR, 25);
  expect(gone.learned.heaterDutyPct(HEATER.id)).toBeNull();
  const unreachable = rigOf();
  unreachable.outputs.changes.set(HEATER.id, { actual: null });
  unreachable.pass(2 * HOUR, 25);
  expect(unreachable.learned.heaterDutyPct(HEATER.id)).toBeNull();
  expect(unreachable.state().heaterStartsLastDay).toBe(0);
  const blind = rigOf();
  blind.pass(100 * MINUTE, null);
  expect(blind.learned.heaterDutyPct(HEATER.id)).toBe(0);
});

test("a heater that cannot keep up is an alarm and never switched off for it", () => {
  const rig = rigOf();
  for (let minute = 0; minute < 90; minute++) rig.pass(MINUTE, 25.3 - minute / 200, 12);
  expect(rig.codes()).toEqual(["cannot-keep-up"]);
  expect(rig.state().text).toMatch(/^Heating: .* It cannot keep up, and stays on\.$/);
  expect(rig.heaterPct()).toBe(100);
  expect(rig.log.messages.filter((line) => line === "warn a loop warns")).toHaveLength(1);
  rig.pass(MINUTE, 25.7);
  expect(rig.codes()).toEqual([]);
  expect(rig.log.messages).toContain("info a loop's warning is over");
});

test("without a good probe, and where its keeper chose so, it holds the learned share for two hours, under an alarm", async () => {
  const rig = await rigThatLearned(weekOf(0.3), { ...LOOP, holdsLastDuty: true });
  rig.pass(MINUTE, 25.5);
  rig.say(null);
  expect(rig.state()).toMatchObject({ state: "held", processVariableC: null, next: null });
  expect(rig.codes()).toEqual(["held-duty"]);
  let onMinutes = 0;
  for (let minute = 0; minute < 119; minute++) {
    if (rig.heaterPct() > 0) onMinutes += 1;
    rig.pass(MINUTE, null);
  }
  expect(onMinutes / 119).toBeGreaterThan(0.25);
  expect(onMinutes / 119).toBeLessThan(0.35);
  rig.pass(2 * MINUTE, null);
  expect(rig.state()).toMatchObject({ state: "blocked" });
  expect(rig.heaterPct()).toBe(0);
});

test("it never holds a share on a probe it has not seen good since the start, nor without having chosen to or learned", async () => {
  const holding = { ...LOOP, holdsLastDuty: true };
  const never = await rigThatLearned(weekOf(0.3), holding);
  never.pass(MINUTE, null);
  expect(never.state().state).toBe("blocked");
  const unchosen = await rigThatLearned(weekOf(0.3));
  unchosen.say(25.5);
  unchosen.say(null);
  expect(unchosen.state().state).toBe("blocked");
  const unlearned = rigOf(holding);
  unlearned.say(25.5);
  unlearned.say(null);
  expect(unlearned.state().state).toBe("blocked");
});

test("a heater that works half as much again as usual for this room is held to what is usual, and a person is told", async () => {
  const week = weekOf(0.3);
  const today = week.hours.slice(-24).map((hour) => ({ ...hour, onS: 0.6 * 3_600 }));
  const rig = await rigThatLearned({ ...week, hours: [...week.hours.slice(0, -24), ...today] });
  rig.pass(2 * MINUTE, 25);
  expect(rig.codes()).toEqual(["heater-overworked"]);
  expect(rig.state().text).toContain("Held to 30 % of the time");
  let onMinutes = 0;
  for (let minute = 0; minute < 120; minute++) {
    rig.pass(MINUTE, 25);
    if (rig.heaterPct() > 0) onMinutes += 1;
  }
  expect(onMinutes / 120).toBeCloseTo(0.3, 1);
});

test("an hour of the day it never saw is held to what the whole day is worth", async () => {
  const week = weekOf(0.3);
  const today = week.hours.slice(-24).map((hour) => ({ ...hour, onS: 0.6 * 3_600 }));
  const hours = [...week.hours.slice(0, -24), ...today].filter(({ hour }) => hour !== 0);
  const rig = await rigThatLearned({ ...week, hours });
  rig.pass(2 * MINUTE, 25);
  expect(rig.state().text).toContain("Held to 30 % of the time");
});

test("of two probes it tells when one is gone and when they disagree", () => {
  const rig = rigOf({ ...LOOP, secondSensorChannelId: SUMP.id });
  rig.say(25.5);
  expect(rig.codes()).toEqual(["single-probe"]);
  for (let minute = 0; minute < 11; minute++) {
    rig.publish(SUMP.id, 26.2);
    rig.pass(MINUTE, 25.5);
  }
  expect(rig.codes()).toEqual(["probes-discrepant"]);
  rig.publish(SUMP.id, 27);
  rig.loop.decide();
  expect(rig.codes()).toEqual(["probes-differ"]);
});

test("before it knows its tank, nameplate and volume are the model; without a room sensor nobody knows when", () => {
  const { output } = HEATER;
  const rated = { ...HEATER, output: output && { ...output, equipment: { ...output.equipment, ratedW: 300 } } };
  const channels = [DISPLAY, ROOM, rated];
  const channelOf = (id: string) => channels.find((channel) => channel.id === id) ?? null;
  const rig = rigOf(LOOP, { channelOf, systemVolumeL: () => 400 });
  rig.pass(MINUTE, 25);
  expect(rig.learned.heatModelOf(HEATER.id)?.heaterCPerH).toBeCloseTo(0.658, 3);
  expect(rig.state().next?.at).not.toBeNull();
  const roomless = rigOf(loopConfig(), { channelOf, systemVolumeL: () => 400 });
  roomless.pass(MINUTE, 25);
  expect(roomless.state().next).toEqual({ text: "Heating ends at 25.65 °C.", at: null });
});

test("a chiller at work says nothing of the heater, and a loop without a heater learns nothing", () => {
  const rig = rigOf({ ...LOOP, chillerChannelId: CHILLER.id });
  rig.pass(3 * HOUR, 26);
  expect(rig.state()).toMatchObject({ state: "cooling", next: { text: "Cooling ends at 25.50 °C.", at: null } });
  const cooling = rigOf({ ...LOOP, heaterChannelId: null, chillerChannelId: CHILLER.id, holdsLastDuty: true });
  cooling.pass(MINUTE, 26);
  cooling.say(null);
  expect(cooling.state()).toMatchObject({ state: "blocked", heaterStartsLastDay: null });
});
