import type { ChannelConfig } from "#contract/channels.ts";
import { ChannelId, DeviceId } from "#contract/ids.ts";
import { DEFAULT_MIDPOINT } from "#domain/alarms/limit-table.ts";
import { Intakes } from "../acquisition/intakes.ts";
import { GAP_FACTOR } from "../hardware/replay/intervals.ts";
import type { RecordedChannel, Recording } from "../hardware/replay/recording.ts";
import { newId } from "../platform/ids.ts";
import { SILENT_LOG } from "../platform/logger.ts";
import type { VirtualClock } from "../platform/virtual-clock.ts";
import { ReadingsBus } from "../readings/readings-bus.ts";

/** A recording as channels of our own, and its samples on their way through the same checks as a live probe's. */
export class RecordedTank {
  readonly recording: Recording;
  readonly clock: VirtualClock;
  readonly readings: ReadingsBus;
  readonly channels: readonly ChannelConfig[];
  readonly #intakes: Intakes;

  /** @param clock stands at the recording's first instant */
  constructor(recording: Recording, clock: VirtualClock) {
    this.recording = recording;
    this.clock = clock;
    this.readings = new ReadingsBus({ log: SILENT_LOG, clock });
    this.#intakes = new Intakes({ readings: this.readings, clock, log: SILENT_LOG, peerOf: () => null });
    const deviceId = DeviceId.parse(newId(0));
    this.channels = recording.channels.map((channel) => configOf(channel, deviceId));
  }

  channelNamed(name: string): ChannelConfig | undefined {
    return this.channels.find((c) => c.name === name);
  }

  /** Plays it from its first instant to its last; what is due between two instants happens when it is due. */
  async play(): Promise<void> {
    const intakeOf = new Map(this.channels.map((channel) => [channel.key, this.#intakes.watch(channel)]));
    for await (const { atMs, samples } of this.recording.records()) {
      await this.clock.advance(atMs - this.clock.nowMs());
      const at = { monotonicMs: this.clock.monotonicMs(), wallMs: atMs };
      for (const { key, value } of samples) {
        const intake = intakeOf.get(key);
        if (intake !== undefined) this.#intakes.take(intake, { value }, at);
      }
    }
    await this.clock.advance(0);
    this.#intakes.stop();
  }
}

/** Polled as slowly as it ever was recorded for long: a log that changes its interval midway is not silent between two samples. */
function configOf({ key, name, quantity, unit, gapMs }: RecordedChannel, deviceId: DeviceId): ChannelConfig {
  return {
    id: ChannelId.parse(newId(0)),
    deviceId,
    key,
    name,
    kind: "sensor",
    quantity,
    unit,
    role: "display",
    pollIntervalS: Math.max(0.1, gapMs / GAP_FACTOR / 1_000),
    limits: null,
    calibration: null,
    output: null,
  };
}

/**
 * How far each probe's tank is kept from where the default limits stand: the median of its good samples minus the
 * default midpoint; by channel name. Probes without a good sample, and quantities without limits, are left out.
 * @param tank at its beginning; it is played through
 */
export async function centresOf(tank: RecordedTank): Promise<ReadonlyMap<string, number>> {
  const goodValues = new Map<ChannelId, number[]>();
  tank.readings.subscribe("centre", ({ channelId, quality, value }) => {
    if (quality !== "good" || value === null) return;
    const values = goodValues.get(channelId);
    if (values === undefined) goodValues.set(channelId, [value]);
    else values.push(value);
  });
  await tank.play();
  const shifts = new Map<string, number>();
  for (const { id, name, quantity } of tank.channels) {
    const midpoint = DEFAULT_MIDPOINT[quantity];
    const median = midpoint === undefined ? null : medianOf(goodValues.get(id) ?? []);
    if (midpoint !== undefined && median !== null) shifts.set(name, median - midpoint);
  }
  return shifts;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
