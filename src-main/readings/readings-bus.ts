import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import type { LastReading, Readings } from "./ports.ts";

interface Subscription {
  readonly name: string;
  readonly listener: (reading: Reading) => void;
}

interface ReadingsBusParts {
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Announces readings, in the order they are published, and keeps the last one of each channel: nothing queues, so
 * nothing grows beyond the number of channels. The last word is kept before anybody is told.
 */
export class ReadingsBus implements Readings {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #last = new Map<ChannelId, LastReading>();
  /** Replaced on every change, so that a listener may come or go while readings are told. */
  #subscriptions: readonly Subscription[] = [];
  readonly #faulty = new Set<string>();

  constructor({ log, clock }: ReadingsBusParts) {
    this.#log = log;
    this.#clock = clock;
  }

  publish(reading: Reading): void {
    const lastGood =
      reading.quality === "good" && reading.value !== null
        ? { value: reading.value, takenAtMs: reading.takenAtMs }
        : (this.#last.get(reading.channelId)?.lastGood ?? null);
    this.#last.set(reading.channelId, { reading, lastGood, publishedAtMonotonicMs: this.#clock.monotonicMs() });
    for (const subscription of this.#subscriptions) this.#tell(subscription, reading);
  }

  subscribe(name: string, listener: (reading: Reading) => void): Cancel {
    const subscription = { name, listener };
    this.#subscriptions = [...this.#subscriptions, subscription];
    return () => {
      this.#subscriptions = this.#subscriptions.filter((other) => other !== subscription);
    };
  }

  latest(channelId: ChannelId): LastReading | null {
    return this.#last.get(channelId) ?? null;
  }

  forget(channelId: ChannelId): void {
    this.#last.delete(channelId);
  }

  #tell({ name, listener }: Subscription, reading: Reading): void {
    try {
      listener(reading);
    } catch (error) {
      if (this.#faulty.has(name)) return;
      this.#faulty.add(name);
      this.#log.error(
        { error, listener: name, channelId: reading.channelId },
        "a listener of the readings bus failed; it goes on being told, and this is said once",
      );
    }
  }
}
