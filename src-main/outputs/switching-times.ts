import type { Running } from "#domain/outputs/switching-guards.ts";
import type { Clock } from "../platform/ports.ts";
import type { PersistedOutput } from "./ports.ts";

/** A later word of the device moves the moment of an off only by more than this, ms. */
const SAME_MOMENT_MS = 1_000;

/** When an output was switched: on the monotonic scale for its guard times, on the wall's for the record. */
export class SwitchingTimes {
  readonly #clock: Clock;
  /** Its relay was closed since the last confirmed off. */
  #wasOn = false;
  #onSinceMs: number | null = null;
  #offSinceMs: number | null = null;
  #lastOnAtMs: number | null = null;
  #lastOffAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get lastOnAtMs(): number | null {
    return this.#lastOnAtMs;
  }

  get lastOffAtMs(): number | null {
    return this.#lastOffAtMs;
  }

  running(): Running {
    const nowMs = this.#clock.monotonicMs();
    return {
      onForMs: this.#onSinceMs === null ? null : nowMs - this.#onSinceMs,
      offForMs: this.#offSinceMs === null ? null : nowMs - this.#offSinceMs,
    };
  }

  /** Takes up where the program ended, so long ago. */
  restore(kept: Pick<PersistedOutput, "lastOnAtMs" | "lastOffAtMs" | "savedAtMs">, downtimeMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.#lastOnAtMs = kept.lastOnAtMs;
    this.#lastOffAtMs = kept.lastOffAtMs;
    if (kept.lastOffAtMs !== null) {
      const savedAtMs = kept.savedAtMs ?? kept.lastOffAtMs;
      const restedMs = Math.max(0, savedAtMs - kept.lastOffAtMs);
      this.#offSinceMs = nowMs - restedMs - downtimeMs;
    }
    this.#wasOn = kept.lastOnAtMs !== null && kept.lastOnAtMs > (kept.lastOffAtMs ?? Number.NEGATIVE_INFINITY);
    this.#onSinceMs = this.#wasOn ? nowMs : null;
  }

  /** Nobody knows what it did before: the shortest time off begins now. */
  assumeJustOff(): void {
    this.#offSinceMs = this.#clock.monotonicMs();
  }

  /** It is driven on or off from now on. @returns true where that is a change */
  note(isOn: boolean): boolean {
    if (isOn === (this.#onSinceMs !== null)) return false;
    if (isOn) {
      this.#wasOn = true;
      this.#onSinceMs = this.#clock.monotonicMs();
      this.#lastOnAtMs = this.#clock.nowMs();
    } else {
      this.#onSinceMs = null;
      this.#switchedOff();
    }
    return true;
  }

  /** Its device was found on although it is driven off. */
  sawOn(): void {
    this.#wasOn = true;
  }

  /** Its device says it is off: the relay opened now, if it was closed. @returns true where that moved the moment */
  confirmedOff(): boolean {
    if (!this.#wasOn || this.#onSinceMs !== null) return false;
    this.#wasOn = false;
    const sinceMs = this.#clock.monotonicMs() - (this.#offSinceMs ?? Number.NEGATIVE_INFINITY);
    if (sinceMs < SAME_MOMENT_MS) return false;
    this.#switchedOff();
    return true;
  }

  #switchedOff(): void {
    this.#offSinceMs = this.#clock.monotonicMs();
    this.#lastOffAtMs = this.#clock.nowMs();
  }
}
