import type { Cancel, Clock } from "../platform/ports.ts";

/** One appointment at a time: a new one takes the place of the last. */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #run: () => void;
  #atMs: number | null = null;
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** @param inMs from now; null: no appointment */
  set(inMs: number | null): void {
    const atMs = inMs === null ? null : this.#clock.monotonicMs() + inMs;
    if (atMs === this.#atMs) return;
    this.#cancel();
    this.#atMs = atMs;
    if (atMs === null) return;
    this.#cancel = this.#clock.at(atMs, () => {
      this.#atMs = null;
      this.#run();
    });
  }
}
