import type { Channel } from "#contract/channels.ts";
import type { LiveReading, QualityReason } from "#contract/readings.ts";
import { departureOf, isWet } from "./departure.ts";
import { freshnessOf } from "./freshness.ts";

/** All that a tile shows but its figures: it stays the same while those move. */
export interface Standing {
  readonly kind: "live" | "late" | "stale" | "bad" | "waiting";
  /** Why it is stale or bad. */
  readonly reason: QualityReason | "offline" | null;
  readonly tone: "plain" | "warn" | "danger" | "stale" | "none";
}

interface Seen {
  readonly reading: LiveReading | undefined;
  readonly isOnline: boolean;
  /** The tank's clock, epoch ms. */
  readonly nowMs: number;
}

export function standingOf(channel: Channel, seen: Seen): Standing {
  const freshness = freshnessOf({ ...seen, pollIntervalS: channel.pollIntervalS });
  const { kind } = freshness;
  if (kind === "waiting") return { kind, reason: null, tone: "none" };
  if (kind === "bad") return { kind, reason: freshness.reason, tone: "none" };
  if (kind === "stale") return { kind, reason: freshness.reason, tone: "stale" };
  return { kind, reason: null, tone: toneOf(channel, seen.reading?.value ?? null) };
}

function toneOf({ quantity, limits }: Channel, value: number | null): Standing["tone"] {
  if (value === null) return "none";
  if (quantity === "leak") return isWet(value) ? "danger" : "plain";
  return departureOf(value, limits) === null ? "plain" : "warn";
}
