/** Spaces a child's starts: the first at once, then ever further apart; a long quiet life makes it patient again. */
const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const QUIET_MS = 300_000;

export class RestartBackOff {
  #delayMs = 0;
  #startedAtMonotonicMs = Number.NEGATIVE_INFINITY;

  /** @returns the earliest instant of the next start, on the monotonic scale */
  allowedAtMonotonicMs(): number {
    return this.#startedAtMonotonicMs + this.#delayMs;
  }

  started(nowMonotonicMs: number): void {
    const isQuiet = nowMonotonicMs - this.#startedAtMonotonicMs >= QUIET_MS;
    this.#delayMs = isQuiet ? FIRST_MS : Math.min(LONGEST_MS, this.#delayMs * 2);
    this.#startedAtMonotonicMs = nowMonotonicMs;
  }
}
