import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";

/** The same channel id for the same number. */
export function channelIdOf(n: number): ChannelId {
  return `01890000-0000-7000-8000-${n.toString(16).padStart(12, "0")}` as ChannelId;
}

/** A good reading of 25.5, but for what is said otherwise. */
export function readingOf(fields: Partial<Reading> = {}): Reading {
  return {
    channelId: channelIdOf(1),
    takenAtMs: 1_700_000_000_000,
    value: 25.5,
    quality: "good",
    reason: null,
    raw: 25.5,
    coversS: 1,
    ...fields,
  };
}
