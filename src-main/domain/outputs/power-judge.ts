/** More than this is a load that runs, W; of one with a small nameplate a tenth of it. */
const RUNNING_W = 5;
const RUNNING_FRACTION = 0.1;
/**
 * It draws although it is off. Fifteen seconds at most may pass until this is noticed, so it is called one short of them:
 * a look comes once a second.
 */
const STUCK_ON_MS = 14_000;
/** It does not draw although it is on. */
const STUCK_OFF_MS = 10_000;
/** One reading alone may be of the moment of switching, or a slip of the meter. */
const NEEDED_READINGS = 2;

/** A load that runs draws more than this, W. @param ratedW null: not said */
export function runningAboveW(ratedW: number | null): number {
  return Math.min(RUNNING_W, (ratedW ?? Number.POSITIVE_INFINITY) * RUNNING_FRACTION);
}

interface Seen {
  readonly isCommandedOn: boolean;
  /** The newest good reading; null: there is none that is fresh. */
  readonly power: { readonly w: number; readonly atMs: number } | null;
  /** Monotonic, ms. */
  readonly atMs: number;
}

export type PowerFinding = "as-told" | "stuck-on" | "stuck-off";

/** Compares what a load draws with what it was told. Readings from before the last switch prove nothing. */
export class PowerJudge {
  #isOn: boolean | null = null;
  /** When it was switched, or last seen to do as told. */
  #asToldAtMs = 0;
  #readings = 0;
  #newestAtMs = Number.NEGATIVE_INFINITY;

  judge({ isCommandedOn, power, atMs }: Seen, ratedW: number | null): PowerFinding {
    if (isCommandedOn !== this.#isOn) this.#begin(isCommandedOn, atMs);
    if (power === null || power.atMs <= this.#asToldAtMs) return "as-told";
    const isDrawing = power.w > runningAboveW(ratedW);
    if (isDrawing === isCommandedOn) {
      this.#asToldAtMs = power.atMs;
      this.#readings = 0;
      return "as-told";
    }
    if (power.atMs > this.#newestAtMs) this.#readings += 1;
    this.#newestAtMs = Math.max(this.#newestAtMs, power.atMs);
    const limitMs = isCommandedOn ? STUCK_OFF_MS : STUCK_ON_MS;
    if (this.#readings < NEEDED_READINGS || power.atMs - this.#asToldAtMs < limitMs) return "as-told";
    return isCommandedOn ? "stuck-off" : "stuck-on";
  }

  #begin(isOn: boolean, atMs: number): void {
    this.#isOn = isOn;
    this.#asToldAtMs = atMs;
    this.#readings = 0;
  }
}
