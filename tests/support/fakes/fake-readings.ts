import type { Reading } from "#contract/readings.ts";
import type { Clock } from "#main/platform/ports.ts";
import type { LastReading, Readings } from "#main/readings/ports.ts";

/** The readings bus without its care: last values, and listeners that are told at once. */
export class FakeReadings implements Readings {
  readonly listeners = new Set<(reading: Reading) => void>();
  readonly #last = new Map<string, LastReading>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  publish(reading: Reading): void {
    const before = this.#last.get(reading.channelId)?.lastGood ?? null;
    const isGood = reading.quality === "good" && reading.value !== null;
    this.#last.set(reading.channelId, {
      reading,
      lastGood: isGood ? { value: reading.value ?? 0, takenAtMs: reading.takenAtMs } : before,
      publishedAtMonotonicMs: this.#clock.monotonicMs(),
    });
    for (const listener of this.listeners) listener(reading);
  }

  subscribe(_: string, listener: (reading: Reading) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  latest(channelId: string): LastReading | null {
    return this.#last.get(channelId) ?? null;
  }

  forget(channelId: string): void {
    this.#last.delete(channelId);
  }
}
