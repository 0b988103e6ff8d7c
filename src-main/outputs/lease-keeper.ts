import type { Clock } from "../platform/ports.ts";

/** An on is told again when at most half of its lease is left, less this for the cycle that does it, ms. */
const CYCLE_MS = 1_000;

/** When an on that its device drops by itself must be told again. */
export class LeaseKeeper {
  readonly #clock: Clock;
  #renewAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A command goes out with this lease, s; undefined: without one. */
  told(leaseS: number | undefined): void {
    this.#renewAtMs =
      leaseS === undefined ? null : this.#clock.monotonicMs() + Math.max(0, leaseS * 500 - CYCLE_MS);
  }

  /** The device did not take it: it is told again with the next cycle. */
  missed(): void {
    if (this.#renewAtMs !== null) this.#renewAtMs = this.#clock.monotonicMs();
  }

  isDue(): boolean {
    return this.#renewAtMs !== null && this.#clock.monotonicMs() >= this.#renewAtMs;
  }
}
