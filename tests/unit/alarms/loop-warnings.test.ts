import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { LoopId } from "#contract/ids.ts";
import type { LoopState, LoopWarning } from "#contract/loops.ts";
import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { LoopWarnings } from "#main/alarms/sources/loop-warnings.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { alarm, alarmIdOf } from "#tests/builders/alarm.ts";
import { FakeAlarmEvents, FakeAlarmStore } from "#tests/fakes/fake-alarm-store.ts";

const MINUTE_MS = 60_000;
const THERMOSTAT = LoopId.parse(newId(1));
const TOP_OFF = LoopId.parse(newId(2));
const WARNING: LoopWarning = { code: "cannot-keep-up", text: "It cannot keep up.", priority: "high" };
const of = (n: number, loopId: LoopId | null) =>
  alarm(n, { kind: "loop-warning", setpoint: null, channelId: null, loopId, onDelayS: 0, offDelayS: 0 });

/** Two loops that warn of what a test puts there; null: safe mode holds it back. */
class Loops {
  readonly warnings = new Map<LoopId, readonly LoopWarning[] | null>();
  #listener: (loopId: LoopId) => void = () => undefined;
  #isHeard = false;

  get isHeard(): boolean {
    return this.#isHeard;
  }

  say(loopId: LoopId, ...warnings: readonly LoopWarning[]): void {
    this.warnings.set(loopId, warnings);
    this.#listener(loopId);
  }

  stateOf(loopId: LoopId): LoopState {
    const warnings = this.warnings.get(loopId) ?? [];
    if (this.warnings.get(loopId) === null) throw new ReefFault("not-found", "There is no such loop.");
    return { type: loopId === THERMOSTAT ? "thermostat" : "top-off", warnings } as unknown as LoopState;
  }

  onStateChange(listener: (loopId: LoopId) => void): () => void {
    this.#listener = listener;
    this.#isHeard = true;
    return () => {
      this.#isHeard = false;
    };
  }
}

function source(loops = new Loops(), clock = new VirtualClock(1_000_000)) {
  const warnings = new LoopWarnings(loops, clock);
  const told: string[] = [];
  const cancel = warnings.onChange((subject) => told.push(subject));
  const conditionOf = (loopId: LoopId) => warnings.signalOf(of(1, loopId))?.condition;
  return { warnings, loops, clock, told, cancel, conditionOf };
}

test("a warning is heard at once; silence is believed of a top-off after two minutes, of a thermostat after half an hour", async () => {
  const { loops, clock, told, conditionOf, warnings } = source();
  loops.say(THERMOSTAT, WARNING);
  expect(conditionOf(THERMOSTAT)).toBe("violated");
  loops.say(THERMOSTAT);
  expect([conditionOf(THERMOSTAT), conditionOf(TOP_OFF)]).toEqual(["unknown", "unknown"]);
  told.length = 0;
  await clock.advance(2 * MINUTE_MS);
  expect(told).toEqual([THERMOSTAT, TOP_OFF]);
  expect([conditionOf(THERMOSTAT), conditionOf(TOP_OFF)]).toEqual(["unknown", "clear"]);
  await clock.advance(28 * MINUTE_MS);
  expect(told).toEqual([THERMOSTAT, TOP_OFF, THERMOSTAT]);
  expect(conditionOf(THERMOSTAT)).toBe("clear");
  expect(warnings.signalOf(of(1, null))).toBeNull();
});

test("one that safe mode holds back warns of nothing, once that is known", async () => {
  const { loops, clock, conditionOf } = source();
  loops.warnings.set(TOP_OFF, null);
  await clock.advance(29 * MINUTE_MS);
  expect(conditionOf(TOP_OFF)).toBe("unknown");
  await clock.advance(MINUTE_MS);
  expect(conditionOf(TOP_OFF)).toBe("clear");
});

test("who does not listen any more is not told of anything", async () => {
  const { loops, clock, told, cancel, conditionOf } = source();
  conditionOf(TOP_OFF);
  cancel();
  await clock.advance(31 * MINUTE_MS);
  expect(told).toEqual([]);
  expect(loops.isHeard).toBe(false);
});

const store = () => ({ store: new FakeAlarmStore(), events: new FakeAlarmEvents() });

/** A program that starts with what the last one kept. */
async function started(kept: ReturnType<typeof store>, loops: Loops) {
  const clock = new VirtualClock(1_000_000);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const engine = new AlarmEngine({ readings, clock, ...kept });
  const told: string[] = [];
  engine.announcements.onAnnouncement(({ id, kind }) => {
    told.push(kind);
    void engine.announcements.done(id);
  });
  await engine.open();
  engine.start();
  engine.configure([of(1, THERMOSTAT)]);
  engine.listenTo(new LoopWarnings(loops, clock));
  return { engine, clock, told };
}

test("what stood before a restart stands until the loop can know, and then ends or goes on without being told anew", async () => {
  const kept = store();
  const loops = new Loops();
  loops.say(THERMOSTAT, WARNING);
  const first = await started(kept, loops);
  await first.clock.advance(MINUTE_MS);
  expect(first.told).toEqual(["raised"]);
  await first.engine.stop();

  const forgetful = new Loops();
  const second = await started(kept, forgetful);
  await second.clock.advance(20 * MINUTE_MS);
  expect(second.engine.conditionOf(alarmIdOf(1)).state).toBe("unacknowledged");
  forgetful.say(THERMOSTAT, WARNING);
  await second.clock.advance(20 * MINUTE_MS);
  expect(second.told).toEqual([]);
  await second.engine.stop();

  const third = await started(kept, new Loops());
  await third.clock.advance(29 * MINUTE_MS);
  expect(third.told).toEqual([]);
  await third.clock.advance(2 * MINUTE_MS);
  expect(third.told).toEqual(["returned"]);
});
