import type { Clock } from "../platform/ports.ts";

/** A command that is not read back by then has failed, ms. */
const CONFIRM_WITHIN_MS = 3_000;
/** Waits before the first tries again, ms; after them every cycle. */
const RETRY_AFTER_MS = [1_000, 2_000, 4_000];
/** A device that cannot say what it does is told again so often, ms. */
const BLIND_REPEAT_MS = 10_000;

/** When a device is told again, and how long it is waited for. */
export class Patience {
  readonly #clock: Clock;
  #beganAtMs = 0;
  #retryAtMs = 0;
  #answeredAtMs = 0;
  #tries = 0;
  /** Since when it waits for its turn to be told at all; null: it does not. */
  #heldAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It may be told again. */
  get isDue(): boolean {
    return this.#clock.monotonicMs() >= this.#retryAtMs;
  }

  /** It was not confirmed in time. */
  get isOver(): boolean {
    return (this.#heldAtMs ?? this.#clock.monotonicMs()) - this.#beganAtMs >= CONFIRM_WITHIN_MS;
  }

  /** Something is to be told. */
  begin(): void {
    this.#beganAtMs = this.#clock.monotonicMs();
    this.#retryAtMs = this.#beganAtMs;
    this.#tries = 0;
    this.#heldAtMs = null;
  }

  /** What was confirmed is so no longer: it has its time again. */
  doubt(): void {
    this.#beganAtMs = this.#clock.monotonicMs();
  }

  /** It waits for its turn: where nothing was told yet, that is not the device's time. */
  hold(): void {
    if (this.#tries === 0) this.#heldAtMs ??= this.#clock.monotonicMs();
  }

  /** It is being told. */
  told(): void {
    if (this.#heldAtMs !== null) this.#beganAtMs += this.#clock.monotonicMs() - this.#heldAtMs;
    this.#heldAtMs = null;
  }

  /** The device took it, or did not. */
  answered(): void {
    this.#answeredAtMs = this.#clock.monotonicMs();
    this.#retryAtMs = this.#answeredAtMs + (RETRY_AFTER_MS[this.#tries] ?? 0);
    this.#tries += 1;
  }

  /** The device took it and cannot say more. */
  blind(): void {
    this.#retryAtMs = this.#answeredAtMs + BLIND_REPEAT_MS;
  }

  confirmed(): void {
    this.#tries = 0;
  }
}
