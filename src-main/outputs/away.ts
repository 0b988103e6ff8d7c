import type { Clock } from "../platform/ports.ts";

/** The clock, and whether somebody who knows the time set the wall's since the machine started. */
export interface TrustedClock extends Clock {
  isSynchronized(): boolean;
}

/** @param isSynchronized left out: the wall's clock is right */
export function trusted(clock: Clock, isSynchronized: () => boolean = () => true): TrustedClock {
  return {
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
    at: (atMs, run) => clock.at(atMs, run),
    isSynchronized,
  };
}

/** How the time between two starts is told. */
export interface Away {
  /** How long the program was away, ms: nothing where the clock cannot say. */
  readonly downtimeMs: number;
  /** The wall's, epoch ms; null: it cannot be trusted. */
  readonly nowMs: number | null;
}
