import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import type { Cancel } from "../platform/ports.ts";

/** The last word on a channel. */
export interface LastReading {
  readonly reading: Reading;
  readonly lastGood: { readonly value: number; readonly takenAtMs: number } | null;
  /** When it was published, on the monotonic scale: ages are counted from here. */
  readonly publishedAtMonotonicMs: number;
}

export interface ReadingsPublisher {
  publish(reading: Reading): void;
}

/** The readings bus: it only announces. A throwing listener never stops the others, and is told to the log once. */
export interface Readings extends ReadingsPublisher {
  subscribe(name: string, listener: (reading: Reading) => void): Cancel;
  latest(channelId: ChannelId): LastReading | null;
  /** Drops what is known of a channel that is gone. */
  forget(channelId: ChannelId): void;
}
