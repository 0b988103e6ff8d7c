import { performance } from "node:perf_hooks";
import type { Cancel, Clock } from "#main/platform/ports.ts";

/** Real time that runs so many times as fast: for parts that wait for seconds beside servers that answer in real ones. */
export class FastClock implements Clock {
  readonly #speed: number;
  readonly #startMs = performance.now();
  readonly #wallStartMs = Date.now();

  constructor(speed: number) {
    this.#speed = speed;
  }

  nowMs(): number {
    return Math.floor(this.#wallStartMs + this.monotonicMs());
  }

  monotonicMs(): number {
    return (performance.now() - this.#startMs) * this.#speed;
  }

  at(atMonotonicMs: number, run: () => void): Cancel {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const leftMs = (atMonotonicMs - this.monotonicMs()) / this.#speed;
      if (leftMs <= 0) run();
      else timer = setTimeout(wait, Math.ceil(leftMs));
    };
    timer = setTimeout(wait, Math.max(0, (atMonotonicMs - this.monotonicMs()) / this.#speed));
    return () => clearTimeout(timer);
  }
}
