import type { Cancel, Clock } from "#main/platform/ports.ts";

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that is moved by hand and at once, for parts that are asked rather than woken: days of them pass in milliseconds. */
export class HandClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #startMs: number;
  #monotonicMs = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  nowMs(): number {
    return this.#startMs + this.#monotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  at(atMs: number, run: () => void): Cancel {
    const timer = { atMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Stands so much later; what came due meanwhile runs there. */
  step(ms: number): void {
    this.#monotonicMs += ms;
    for (const timer of [...this.#timers]) {
      if (timer.atMs > this.#monotonicMs || !this.#timers.delete(timer)) continue;
      timer.run();
    }
  }
}
