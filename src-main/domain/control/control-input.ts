import type { Quantity } from "#contract/quantities.ts";
import type { Reading } from "#contract/readings.ts";
import { staleAfterMs } from "#domain/quality/quality-rules.ts";

/**
 * However rarely a probe is asked, nothing is driven by what it said longer ago than this, ms: a channel may be polled
 * once a day, and 300 W warm 400 L by 0.65 °C an hour.
 */
const LONGEST_TRUST_MS = 30 * 60_000;

/** The last word on a channel, and when it was said on the monotonic scale. */
export interface Heard {
  readonly reading: Reading;
  readonly publishedAtMonotonicMs: number;
}

/** What control may act on: a good and fresh value, or why there is none. */
export type ControlInput =
  | { readonly isUsable: true; readonly value: number }
  | { readonly isUsable: false; readonly problem: string };

/**
 * Judges a reading for control. Its age counts on the monotonic scale, whatever its quality says: a reading nobody
 * called stale because nobody was there to do it is stale all the same.
 * @param heard null: nothing was ever read
 */
export function controlInputFrom(heard: Heard | null, quantity: Quantity, nowMonotonicMs: number): ControlInput {
  if (heard === null) return unusable("has no reading yet");
  const { reading, publishedAtMonotonicMs } = heard;
  if (reading.quality !== "good" || reading.value === null) {
    return unusable(`is ${reading.quality}${reading.reason === null ? "" : ` (${reading.reason})`}`);
  }
  const ageMs = nowMonotonicMs - publishedAtMonotonicMs;
  if (ageMs > Math.min(staleAfterMs(quantity, reading.coversS), LONGEST_TRUST_MS))
    return unusable(`is silent for ${Math.round(ageMs / 1_000)} s`);
  return { isUsable: true, value: reading.value };
}

function unusable(problem: string): ControlInput {
  return { isUsable: false, problem };
}
