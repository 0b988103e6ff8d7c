import type { ChannelConfig } from "#contract/channels.ts";
import { Arbiter } from "#main/outputs/arbiter.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { FakeOutputStateStore } from "#tests/fakes/fake-output-state-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { RecordingOutputEvents } from "#tests/fakes/recording-output-events.ts";

export const START_MS = Date.UTC(2026, 0, 1);
export const SWITCH_ON = { levelPct: 100, code: "heating", text: "Heating." };
export const SWITCH_OFF = { levelPct: 0, code: "idle", text: "Idle." };

/** An arbiter with everything around it, on a clock of its own. `restarted` is the same machine after a crash. */
export interface ArbiterBench {
  readonly arbiter: Arbiter;
  readonly clock: VirtualClock;
  readonly store: FakeOutputStateStore;
  readonly events: RecordingOutputEvents;
  readonly log: RecordingLog;
}

export function arbiterBench(around: Partial<Omit<ArbiterBench, "arbiter">> = {}): ArbiterBench {
  const parts = {
    clock: around.clock ?? new VirtualClock(START_MS),
    store: around.store ?? new FakeOutputStateStore(),
    events: around.events ?? new RecordingOutputEvents(),
    log: around.log ?? new RecordingLog(),
  };
  return { ...parts, arbiter: new Arbiter(parts) };
}

/** Starts it and lets the promise end on virtual time. */
export async function started(bench: ArbiterBench): Promise<ArbiterBench> {
  await during(bench.clock, bench.arbiter.start(), 1_000);
  return bench;
}

/** Registers an output on a device of its own. */
export async function withOutput(
  { arbiter, clock }: ArbiterBench,
  channel: ChannelConfig,
  actuator = new FakeActuator(),
): Promise<FakeActuator> {
  await during(clock, arbiter.register(channel, actuator), 1_000);
  return actuator;
}

/** Awaits `work` while virtual time runs, up to `ms`; only as far as needed, second by second. */
export async function during<T>(clock: VirtualClock, work: Promise<T>, ms: number): Promise<T> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  await clock.advance(0);
  for (let spentMs = 0; !isOver && spentMs < ms; spentMs += 100) await clock.advance(100);
  if (!isOver) throw new Error(`it was not over within ${ms} ms of virtual time`);
  return work;
}
