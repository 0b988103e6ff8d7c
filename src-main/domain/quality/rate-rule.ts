import type { Calibrate } from "../calibration/calibrate.ts";
import type { RateLimit } from "./quality-rules.ts";

/** One finite measurement. `atMs` is monotonic. */
export interface Measured {
  readonly raw: number;
  readonly value: number;
  readonly atMs: number;
}

interface Hold {
  /** Elapsed time stops here: waiting must not make a jump acceptable. */
  readonly sinceMs: number;
  /** The level that would be the new one, and how long the probe has stood by it. */
  level: Measured;
  latest: Measured;
  count: number;
}

const AGREEMENT_MS = 10 * 60_000;
const AGREEMENT_SAMPLES = 3;
const ANCHOR_SPACING_MS = 30_000;
const MINUTE_MS = 60_000;
/** Decimal steps in binary: 25.7 - 25.2 is not quite 0.5. */
const ROUNDING = 1e-9;

/**
 * Tells a jump from a movement.
 *
 * Each value is compared with the last good one and with good ones 0–60 s back, by max(step, perMin x minutes between
 * them). The step keeps one second's noise from looking like a rate; the older ones catch a probe that slides out of
 * the water too slowly for any two neighbours to show; a recording with ten minutes between samples gets ten
 * minutes' worth. Once it has jumped, the clock of that comparison stands still: the level is believed again when
 * the probe comes back, when it agrees with itself for the longer of 10 min and 3 samples, or when a second probe
 * or an operator says so.
 */
export class RateRule {
  readonly #limit: RateLimit;
  #last: Measured | null = null;
  #newer: Measured | null = null;
  #older: Measured | null = null;
  #hold: Hold | null = null;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** @param peer the good value of a redundant probe, in the same unit; null where there is none */
  isJump(now: Measured, peer: number | null): boolean {
    const isBeyond = this.#isBeyond(now, this.#hold?.sinceMs ?? now.atMs);
    if (!isBeyond) {
      this.#hold = null;
      return false;
    }
    this.#holdAgainst(now);
    const isBelieved = this.#hasAgreed(now) || (peer !== null && this.#isNear(now.value, peer));
    if (isBelieved) this.#forget();
    return !isBelieved;
  }

  /** Takes a good value as one to compare with. */
  keep(good: Measured): void {
    this.#last = good;
    if (this.#newer === null) this.#newer = good;
    else if (good.atMs - this.#newer.atMs >= ANCHOR_SPACING_MS) {
      this.#older = this.#newer;
      this.#newer = good;
    }
  }

  /** The probe said something that cannot be: what it agreed on before counts no more. */
  interrupt(): void {
    if (this.#hold !== null) this.#hold.count = 0;
  }

  /** Another rule with a harder way back has taken over. */
  release(): void {
    this.#hold = null;
  }

  /** An operator believes the level the probe stands at. @returns it, or null where it stands at none just now */
  accept(): Measured | null {
    const hold = this.#hold;
    if (hold === null || hold.count === 0) return null;
    this.#forget();
    this.keep(hold.latest);
    return hold.latest;
  }

  /** A new calibration is no movement: what is remembered moves with it. */
  recalibrate(calibrate: Calibrate): void {
    const again = (m: Measured | null) => (m === null ? null : { ...m, value: calibrate(m.raw) });
    this.#last = again(this.#last);
    this.#newer = again(this.#newer);
    this.#older = again(this.#older);
    this.interrupt();
  }

  #isBeyond(now: Measured, atMs: number): boolean {
    return (
      this.#isFar(now, this.#last, atMs) ||
      this.#isFar(now, this.#newer, atMs) ||
      this.#isFar(now, this.#older, atMs)
    );
  }

  #isFar(now: Measured, from: Measured | null, atMs: number): boolean {
    if (from === null) return false;
    const allowed = Math.max(this.#limit.step, (this.#limit.perMin * (atMs - from.atMs)) / MINUTE_MS);
    return Math.abs(now.value - from.value) > allowed + ROUNDING;
  }

  #isNear(a: number, b: number): boolean {
    return Math.abs(a - b) <= this.#limit.step + ROUNDING;
  }

  #holdAgainst(now: Measured): void {
    const hold = this.#hold;
    if (hold === null) {
      this.#hold = { sinceMs: now.atMs, level: now, latest: now, count: 1 };
      return;
    }
    const isSameLevel = hold.count > 0 && this.#isNear(now.value, hold.level.value);
    hold.count = isSameLevel ? hold.count + 1 : 1;
    if (!isSameLevel) hold.level = now;
    hold.latest = now;
  }

  #hasAgreed(now: Measured): boolean {
    const hold = this.#hold;
    return hold !== null && hold.count >= AGREEMENT_SAMPLES && now.atMs - hold.level.atMs >= AGREEMENT_MS;
  }

  #forget(): void {
    this.#hold = null;
    this.#last = null;
    this.#newer = null;
    this.#older = null;
  }
}
