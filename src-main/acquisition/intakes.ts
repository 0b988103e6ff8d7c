import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import type { ProbeAnswer } from "#domain/quality/channel-validator.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import { ChannelIntake, type Heard, isSameCalibration } from "./channel-intake.ts";
import { Hurries } from "./hurries.ts";

export interface IntakesParts {
  readonly readings: Readings;
  readonly clock: Clock;
  readonly log: Logger;
  /** A redundant probe's good value for this channel, in its unit and matched; null where there is none. */
  readonly peerOf: (channelId: ChannelId) => number | null;
}

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Every channel's intake, and the only publisher of their readings. Silence is watched here, on the clock alone: a
 * poller that hangs or is halted cannot keep its channels fresh.
 */
export class Intakes {
  readonly #parts: IntakesParts;
  readonly #byChannel = new Map<ChannelId, ChannelIntake>();
  readonly #hurries = new Hurries();
  #sweepAtMs = NEVER;
  #cancelSweep: Cancel = () => {};

  constructor(parts: IntakesParts) {
    this.#parts = parts;
  }

  /** The intake of a channel, as it is configured from now on. */
  watch(config: ChannelConfig): ChannelIntake {
    const known = this.#byChannel.get(config.id);
    const intake = known ?? new ChannelIntake(config, this.#parts.clock.monotonicMs());
    if (known === undefined) this.#byChannel.set(config.id, intake);
    else if (!isSameCalibration(known.config, config)) {
      this.#parts.log.info(
        { channelId: config.id, calibration: config.calibration },
        "a channel's calibration changed",
      );
    }
    intake.isWatched = true;
    intake.configure(config);
    if (known === undefined) this.#rush(intake);
    this.#expect(intake.staleAtMs);
    return intake;
  }

  /** Nobody polls it any more; what it said last goes stale in its time. */
  release(intake: ChannelIntake): void {
    intake.isWatched = false;
  }

  /** Validates an answer and publishes what comes of it. @param answer undefined: no answer */
  take(intake: ChannelIntake, answer: ProbeAnswer | undefined, at: Heard): void {
    const before = intake.last;
    const reading = intake.take(answer, at, this.#parts.peerOf(intake.channelId));
    this.#publish(reading, before);
    this.#expect(intake.staleAtMs);
  }

  /** @returns false where the channel is unknown or no level was held back */
  acceptLevel(channelId: ChannelId): boolean {
    return this.#byChannel.get(channelId)?.acceptLevel() ?? false;
  }

  /** Somebody needs a channel this often for the moment, s. */
  hurry(channelId: ChannelId, intervalS: number): Cancel {
    const cancel = this.#hurries.add(channelId, intervalS);
    this.#rush(this.#byChannel.get(channelId));
    return () => {
      cancel();
      this.#rush(this.#byChannel.get(channelId));
    };
  }

  stop(): void {
    this.#cancelSweep();
    // Earlier than any moment: nothing arms it again.
    this.#sweepAtMs = Number.NEGATIVE_INFINITY;
  }

  #rush(intake: ChannelIntake | undefined): void {
    if (intake === undefined) return;
    intake.hurry(this.#hurries.intervalOf(intake.channelId), this.#parts.clock.monotonicMs());
    this.#expect(intake.staleAtMs);
  }

  #publish(reading: Reading, before: Reading | null): void {
    const { readings, log } = this.#parts;
    readings.publish(reading);
    if (reading.quality === (before?.quality ?? "good")) return;
    const { channelId, quality, reason, raw } = reading;
    if (quality === "good") log.info({ channelId }, "a channel's readings are good again");
    else log.info({ channelId, quality, reason, raw }, "a channel's readings are not good");
  }

  /** One timer for all: armed for the earliest moment anything could be stale, it looks again when it gets there. */
  #expect(staleAtMs: number): void {
    if (staleAtMs >= this.#sweepAtMs) return;
    this.#cancelSweep();
    this.#sweepAtMs = staleAtMs;
    this.#cancelSweep = this.#parts.clock.at(staleAtMs, () => this.#sweep());
  }

  #sweep(): void {
    const { clock, readings } = this.#parts;
    const nowMs = clock.monotonicMs();
    this.#sweepAtMs = NEVER;
    let nextMs = NEVER;
    for (const intake of this.#byChannel.values()) {
      const isGone = !intake.isWatched && readings.latest(intake.channelId) === null;
      if (isGone) this.#byChannel.delete(intake.channelId);
      else if (intake.staleAtMs > nowMs) nextMs = Math.min(nextMs, intake.staleAtMs);
      else {
        const before = intake.last;
        this.#publish(intake.turnStale(clock.nowMs()), before);
      }
    }
    this.#expect(nextMs);
  }
}
