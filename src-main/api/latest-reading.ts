import type { Channel } from "#contract/channels.ts";
import type { LatestReading, LiveReading, Reading } from "#contract/readings.ts";
import { instantFrom } from "#contract/time.ts";
import { staleAfterMs } from "#domain/quality/quality-rules.ts";
import type { LastReading } from "../readings/ports.ts";
import type { ApiContext } from "./context.ts";
import { toldToMany } from "./wire.ts";

type Sources = Pick<ApiContext, "readings" | "clock">;

/** What is known of a channel at this moment: a reading that was good when it came may be stale by now. */
export function latestOf(channel: Channel, { readings, clock }: Sources): LatestReading {
  const last = readings.latest(channel.id);
  const { unit } = channel;
  if (last === null) return { value: null, unit, quality: "bad", takenAt: null, reason: "no-reading" };
  const ageMs = clock.monotonicMs() - last.publishedAtMonotonicMs;
  const isStale = last.reading.quality !== "bad" && ageMs > staleAfterMs(channel.quantity, channel.pollIntervalS);
  const reading: Reading = isStale ? { ...last.reading, quality: "uncertain", reason: "stale" } : last.reading;
  return readingShown(reading, unit, last.lastGood);
}

/** A reading with its unit; what was last good stands beside one that is not. */
export function readingShown(reading: Reading, unit: string, lastGood: LastReading["lastGood"]): LatestReading {
  const { quality, reason } = reading;
  // A channel that fell silent holds its last value: what people want is that value's age, not when it was given up.
  const takenAtMs = reason === "stale" && lastGood !== null ? lastGood.takenAtMs : reading.takenAtMs;
  return {
    value: quality === "bad" ? null : reading.value,
    unit,
    quality,
    takenAt: reason === "no-reading" ? null : instantFrom(takenAtMs),
    ...(reason === null ? {} : { reason }),
    ...(quality === "good" || lastGood === null
      ? {}
      : { lastGood: { value: lastGood.value, takenAt: instantFrom(lastGood.takenAtMs) } }),
  };
}

type Core = Pick<ApiContext, "readings" | "clock" | "channels">;

/** Of each bus, for all who listen to it. */
const ofBus = new WeakMap<ApiContext["readings"], LiveReadings>();

/**
 * Readings as they cross to those who listen, made and put into text once for all of them. Units are looked up once a
 * channel: they never change.
 */
export class LiveReadings {
  readonly #ctx: Core;
  readonly #unitOf = new Map<string, string>();
  readonly #shownOf = new WeakMap<Reading, LiveReading>();

  constructor(ctx: Core) {
    this.#ctx = ctx;
  }

  static of({ readings, clock, channels }: Core): LiveReadings {
    const known = ofBus.get(readings) ?? new LiveReadings({ readings, clock, channels });
    ofBus.set(readings, known);
    return known;
  }

  /** What every sensor among `isWanted` says now. */
  snapshot(isWanted: (channelId: string) => boolean): LiveReading[] {
    const channels = this.#ctx.channels.list({ kind: "sensor" }).filter((channel) => isWanted(channel.id));
    return channels.map((channel) => ({ channelId: channel.id, ...latestOf(channel, this.#ctx) }));
  }

  /** null for a reading of a channel that is gone by now. */
  show(reading: Reading): LiveReading | null {
    const known = this.#shownOf.get(reading);
    if (known !== undefined) return known;
    const unit = this.#unitOf.get(reading.channelId) ?? this.#lookUp(reading.channelId);
    if (unit === null) return null;
    const lastGood =
      reading.quality === "good" ? null : (this.#ctx.readings.latest(reading.channelId)?.lastGood ?? null);
    const shown = toldToMany({ channelId: reading.channelId, ...readingShown(reading, unit, lastGood) });
    this.#shownOf.set(reading, shown);
    return shown;
  }

  #lookUp(channelId: string): string | null {
    const channel = this.#ctx.channels.list({}).find((candidate) => candidate.id === channelId);
    if (channel === undefined) return null;
    this.#unitOf.set(channelId, channel.unit);
    return channel.unit;
  }
}
