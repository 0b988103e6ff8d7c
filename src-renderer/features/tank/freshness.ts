import type { LiveReading, QualityReason } from "#contract/readings.ts";

/**
 * What a shown value is worth: live · late: older than it should be, and its age is said · stale: held, grey, and why ·
 * bad: there is no value, and why · waiting: nothing was told yet.
 */
export type Freshness =
  | { readonly kind: "live" | "late"; readonly ageMs: number }
  | { readonly kind: "stale"; readonly ageMs: number | null; readonly reason: QualityReason | "offline" }
  | { readonly kind: "bad"; readonly reason: QualityReason }
  | { readonly kind: "waiting" };

interface Seen {
  readonly reading: LiveReading | undefined;
  readonly pollIntervalS: number;
  readonly isOnline: boolean;
  /** The tank's clock, epoch ms. */
  readonly nowMs: number;
}

/** One interval, and what a reading may take on its way, before a value's age is worth a word. */
const ON_ITS_WAY_MS = 3_000;
/** The core calls a reading stale after three intervals, at least 90 s; so does this page, should it say nothing at all. */
const STALE_INTERVALS = 3;
const STALE_AT_LEAST_MS = 90_000;

export function freshnessOf({ reading, pollIntervalS, isOnline, nowMs }: Seen): Freshness {
  if (reading === undefined) return { kind: "waiting" };
  const ageMs = reading.takenAt === null ? null : Math.max(0, nowMs - Date.parse(reading.takenAt));
  if (reading.value === null || ageMs === null) return { kind: "bad", reason: reading.reason ?? "no-reading" };
  if (!isOnline) return { kind: "stale", ageMs, reason: "offline" };
  if (reading.quality === "bad") return { kind: "bad", reason: reading.reason ?? "no-reading" };
  if (reading.quality === "uncertain") return { kind: "stale", ageMs, reason: reading.reason ?? "stale" };
  const intervalMs = pollIntervalS * 1_000;
  const isStale = ageMs > Math.max(STALE_AT_LEAST_MS, STALE_INTERVALS * intervalMs) + ON_ITS_WAY_MS;
  if (isStale) return { kind: "stale", ageMs, reason: "stale" };
  return { kind: ageMs > intervalMs + ON_ITS_WAY_MS ? "late" : "live", ageMs };
}
