import { expect, test } from "vitest";
import { ChannelId, LoopId } from "#contract/ids.ts";
import { UNKNOWN } from "#domain/alarms/signal.ts";
import { type DriftInputs, Drifts } from "#main/alarms/sources/drifts.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOP = LoopId.parse(newId(1));
const PUMP = ChannelId.parse(newId(2));
const DRIFT = { kind: "drift", deadband: 0.1, onDelayS: 0, offDelayS: 0 } as const;
const DUTY = alarm(1, { ...DRIFT, channelId: null, loopId: LOOP, setpoint: 1.5 });
const POWER = alarm(2, { ...DRIFT, channelId: PUMP, setpoint: 0.7 });

/** What the tank says now, to be changed by a test. */
interface Said {
  dutyPct: number | null;
  powerW: number | null;
  evaporation: ReturnType<DriftInputs["evaporation"]>;
}

async function bench({ memory = new FakeControlMemory(), clock = new VirtualClock(1_000_000) } = {}) {
  const said: Said = { dutyPct: null, powerW: null, evaporation: null };
  const log = new RecordingLog();
  const inputs: DriftInputs = {
    heaterDutyPct: (id) => (id === LOOP ? said.dutyPct : null),
    powerW: (id) => (id === PUMP ? said.powerW : null),
    evaporation: () => said.evaporation,
  };
  const drifts = new Drifts({ inputs, memory, clock, log });
  await drifts.start();
  const told: string[] = [];
  const cancel = drifts.onChange((subject) => told.push(subject));
  // From the first question on it is looked at.
  drifts.signalOf(DUTY);
  drifts.signalOf(POWER);
  return { drifts, said, clock, memory, log, told, cancel };
}

test("a duty above half as much again of what was usual is a drift, judged once an hour", async () => {
  const { drifts, said, clock, told } = await bench();
  said.dutyPct = 20;
  await clock.advance(3 * DAY_MS);
  expect(drifts.signalOf(DUTY)).toEqual(UNKNOWN);
  said.dutyPct = 40;
  await clock.advance(DAY_MS);
  expect(drifts.signalOf(DUTY)).toEqual({ condition: "violated", value: 2 });
  expect(told.filter((subject) => subject === LOOP)).toHaveLength(4 * 24);
  said.dutyPct = 20;
  await clock.advance(DAY_MS);
  expect(drifts.signalOf(DUTY)).toEqual({ condition: "clear", value: 1 });
});

test("a pump that draws less than it did is a drift; while it is off nothing is known of it", async () => {
  const { drifts, said, clock } = await bench();
  said.powerW = 40;
  await clock.advance(4 * DAY_MS);
  said.powerW = null;
  await clock.advance(12 * HOUR_MS);
  expect(drifts.signalOf(POWER)).toEqual(UNKNOWN);
  said.powerW = 24;
  await clock.advance(DAY_MS);
  expect(drifts.signalOf(POWER)).toMatchObject({ condition: "violated", value: 0.6 });
});

test("evaporation is as its loop counts it, and unknown where nothing is usual yet", async () => {
  const { drifts, said } = await bench();
  const evaporates = { ...DUTY, setpoint: 1.6 };
  said.evaporation = { todayL: 8, usualL: 4 };
  expect(drifts.signalOf(evaporates)).toEqual({ condition: "violated", value: 2 });
  said.evaporation = { todayL: 4, usualL: 4 };
  expect(drifts.signalOf(evaporates)).toEqual({ condition: "clear", value: 1 });
  said.evaporation = { todayL: 4, usualL: 0 };
  expect(drifts.signalOf(evaporates)).toEqual(UNKNOWN);
  expect(drifts.signalOf({ ...DUTY, loopId: null })).toBeNull();
});

test("what was usual outlives the program; who does not listen any more is not told", async () => {
  const first = await bench();
  first.said.dutyPct = 20;
  await first.clock.advance(4 * DAY_MS);
  await first.drifts.stop();
  first.cancel();
  const heardBefore = first.told.length;
  await first.clock.advance(DAY_MS);
  expect(first.told).toHaveLength(heardBefore);
  const second = await bench({ memory: first.memory.copy() });
  expect(second.drifts.signalOf(DUTY)).toEqual({ condition: "clear", value: 1 });
});

test("a memory that cannot be read is learned anew and never written over; one that takes nothing is said, and judged all the same", async () => {
  const memory = new FakeControlMemory();
  const kept = { [LOOP]: { hours: Array.from({ length: 96 }, () => 20) }, ill: { hours: "none" } };
  await memory.save("alarm-drifts", kept);
  memory.failure = new Error("locked");
  const unread = await bench({ memory });
  memory.failure = null;
  unread.said.dutyPct = 99;
  await unread.clock.advance(2 * HOUR_MS);
  expect(unread.drifts.signalOf(DUTY)).toEqual(UNKNOWN);
  expect(await memory.load("alarm-drifts")).toEqual(kept);
  expect(unread.log.messages).toEqual(["warn what was usual in the last days cannot be read; it is learned anew"]);

  const full = await bench({ memory });
  memory.failure = new Error("full");
  await full.clock.advance(HOUR_MS);
  expect(full.log.messages).toEqual(["warn what was usual in the last days could not be kept"]);
  expect(full.drifts.signalOf(DUTY)).toMatchObject({ condition: "clear" });
});
