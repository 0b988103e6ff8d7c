import type { ChannelConfig } from "#contract/channels.ts";
import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import type { LoopDeps } from "#main/control/control-loop.ts";
import { createLoop } from "#main/control/create-loop.ts";
import type { Wish } from "#main/outputs/ports.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { HandClock } from "#tests/fakes/hand-clock.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { output } from "./api-things.ts";
import { readingOf } from "./reading.ts";

/** Outputs that obey at once, and what each was asked for last. */
class ObedientOutputs {
  readonly wishes = new Map<ChannelId, Wish | null>();
  /** What is another than as asked. */
  readonly changes = new Map<ChannelId, Partial<Output>>();
  readonly #channels: readonly ChannelConfig[];

  constructor(channels: readonly ChannelConfig[]) {
    this.#channels = channels;
  }

  request(channelId: ChannelId, _: string, wish: Wish | null): void {
    this.get(channelId);
    this.wishes.set(channelId, wish);
  }

  get(channelId: ChannelId): Output {
    if (!this.#channels.some(({ id, output: settings }) => id === channelId && settings !== null))
      throw new ReefFault("not-found", "There is no such output.");
    const requested = this.wishes.get(channelId)?.levelPct ?? 0;
    return output({ channelId, requested, actual: requested, ...this.changes.get(channelId) });
  }

  levelOf(channelId: ChannelId): number {
    return this.wishes.get(channelId)?.levelPct ?? 0;
  }
}

/** One loop alone, on time that is moved by hand: what it asks for is what its outputs do. */
export function loopRig(config: LoopConfig, channels: readonly ChannelConfig[], around: Partial<LoopDeps> = {}) {
  const clock = new HandClock(Date.UTC(2026, 0, 1));
  const log = new RecordingLog();
  const readings = new ReadingsBus({ log, clock });
  const outputs = new ObedientOutputs(channels);
  const deps: LoopDeps = {
    readings,
    outputs,
    clock,
    log,
    channelOf: (id) => channels.find((channel) => channel.id === id) ?? null,
    timeZone: () => "UTC",
    memory: { load: async () => null, save: async () => undefined },
    isClockSynchronized: () => true,
    modes: { activeModeKinds: () => [], isOn: () => false, start: () => undefined },
    systemVolumeL: () => null,
    hurry: () => () => undefined,
    startedAtMs: Number.NEGATIVE_INFINITY,
    peers: () => [config],
    ...around,
  };
  const publish = (channelId: ChannelId, value: number | null) => {
    const quality = value === null ? ({ quality: "bad", reason: "comm" } as const) : {};
    readings.publish(readingOf({ channelId, value, raw: value, takenAtMs: clock.nowMs(), ...quality }));
  };
  const loop = createLoop(config, deps);
  return { loop, clock, log, outputs, deps, publish, settled: () => new Promise((done) => setImmediate(done)) };
}
