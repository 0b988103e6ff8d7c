import type { Limits } from "#contract/channels.ts";

/** How far a value is beyond its limits, in the stored unit. */
export interface Departure {
  readonly side: "low" | "high";
  readonly by: number;
  readonly limit: number;
}

/** @returns null: within its limits, or there are none to judge by */
export function departureOf(value: number, limits: Limits | null): Departure | null {
  if (limits === null) return null;
  if (value < limits.min) return { side: "low", by: limits.min - value, limit: limits.min };
  if (value > limits.max) return { side: "high", by: value - limits.max, limit: limits.max };
  return null;
}

/** A digital sensor says 0 or 1. */
const WET_FROM = 0.5;

export function isWet(leak: number): boolean {
  return leak >= WET_FROM;
}
