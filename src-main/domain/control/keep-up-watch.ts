const MINUTE_MS = 60_000;
/** Both the time a heater is given and the span the water is looked at over, min. */
const LOOK_BACK_MIN = 60;
/** Means over so many minutes at each end of it take out the probe's resolution, and what two probes that take turns differ by. */
const MEAN_OF_MIN = 10;
/** Less than this in the hour is no rise; a heater that works adds 0.6 °C to the default tank, C. */
const HELD_BELOW_C = 0.06;
/** From here on it is winning again, °C in the hour. */
const RISES_FROM_C = 0.1;
/**
 * Two steps of a DS18B20 (0.0625 °C): water that stands at the very edge of what is held is no news, and must not become news
 * and none by turns.
 */
const MISSED_BY_C = 0.125;

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
  /** The mean of each whole minute, newest last. */
  #minutes: readonly number[] = [];
  #minute: { readonly sinceMs: number; readonly values: number[] } | null = null;
  #isBehind = false;

  note({ isOn, waterC, heatBelowC, atMs }: KeepUpSample): void {
    if (!isOn) {
      this.forget();
      return;
    }
    this.#onSinceMs ??= atMs;
    this.#minute ??= { sinceMs: atMs, values: [] };
    if (atMs - this.#minute.sinceMs >= MINUTE_MS) {
      this.#minutes = [...this.#minutes, meanOf(this.#minute.values)].slice(-LOOK_BACK_MIN);
      this.#minute = { sinceMs: atMs, values: [] };
      this.#judge(heatBelowC);
    }
    this.#minute.values.push(waterC);
  }

  /** It is not on any more, or the water is not seen. */
  forget(): void {
    this.#onSinceMs = null;
    this.#minutes = [];
    this.#minute = null;
    this.#isBehind = false;
  }

  /** For how long the heater has been on where it cannot keep up, ms; null: it can, or nothing is known yet. */
  behindForMs(atMs: number): number | null {
    return this.#isBehind && this.#onSinceMs !== null ? atMs - this.#onSinceMs : null;
  }

  /** Once a minute, on what the last hour was like. */
  #judge(heatBelowC: number): void {
    if (this.#minutes.length < LOOK_BACK_MIN) return;
    const waterC = meanOf(this.#minutes.slice(-MEAN_OF_MIN));
    const riseC = waterC - meanOf(this.#minutes.slice(0, MEAN_OF_MIN));
    this.#isBehind = this.#isBehind
      ? waterC < heatBelowC && riseC < RISES_FROM_C
      : waterC < heatBelowC - MISSED_BY_C && riseC < HELD_BELOW_C;
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
