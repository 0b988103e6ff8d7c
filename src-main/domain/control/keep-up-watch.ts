const MINUTE_MS = 60_000;
/** Both the time a heater is given and the span the water is looked at over, min. */
const LOOK_BACK_MIN = 60;
/** Means over so many minutes at each end of it take the probe's resolution out. */
const MEAN_OF_MIN = 10;
/** Less than this in the hour is no rise; a heater that works adds 0.6 °C to the default tank, C. */
const HELD_BELOW_C = 0.06;
/** From here on it is winning again, °C in the hour. */
const RISES_FROM_C = 0.1;

export interface KeepUpSample {
  /** The heater is on, as far as its plug says. */
  readonly isOn: boolean;
  readonly waterC: number;
  /** Where heating begins: at or above it nothing is lost, °C. */
  readonly heatBelowC: number;
  /** Monotonic. */
  readonly atMs: number;
}

/** Notices a heater that is on for an hour while the water falls, or stays, below what it is to hold. */
export class KeepUpWatch {
  /** Since when the heater is on, monotonic ms. */
  #onSinceMs: number | null = null;
  /** One value a minute, newest last. */
  #minutes: readonly number[] = [];
  #lastMinuteAtMs = Number.NEGATIVE_INFINITY;
  #isBehind = false;

  note({ isOn, waterC, heatBelowC, atMs }: KeepUpSample): void {
    if (!isOn) {
      this.forget();
      return;
    }
    this.#onSinceMs ??= atMs;
    if (atMs - this.#lastMinuteAtMs >= MINUTE_MS) {
      this.#minutes = [...this.#minutes, waterC].slice(-LOOK_BACK_MIN - 1);
      this.#lastMinuteAtMs = atMs;
    }
    const riseC = this.#riseC();
    if (waterC >= heatBelowC) this.#isBehind = false;
    else if (riseC !== null) this.#isBehind = riseC < (this.#isBehind ? RISES_FROM_C : HELD_BELOW_C);
  }

  /** It is not on any more, or the water is not seen. */
  forget(): void {
    this.#onSinceMs = null;
    this.#minutes = [];
    this.#lastMinuteAtMs = Number.NEGATIVE_INFINITY;
    this.#isBehind = false;
  }

  /** For how long the heater has been on where it cannot keep up, ms; null: it can, or nothing is known yet. */
  behindForMs(atMs: number): number | null {
    return this.#isBehind && this.#onSinceMs !== null ? atMs - this.#onSinceMs : null;
  }

  /** Over the last hour, °C; null before it is over. */
  #riseC(): number | null {
    if (this.#minutes.length <= LOOK_BACK_MIN) return null;
    return meanOf(this.#minutes.slice(-MEAN_OF_MIN)) - meanOf(this.#minutes.slice(0, MEAN_OF_MIN));
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
