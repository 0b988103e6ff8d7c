/** A fill that moves nothing for so long moves nothing at all, ms. */
const NO_CHANGE_MS = 90_000;
/** Levels are compared as means over so long: waves of 2 to 5 mm are several times a fill's rise. */
const MEAN_MS = 15_000;
/** What is seen of the waves before a fill, ms. */
const QUIET_MS = 60_000;
/** Of fewer readings nobody knows what the level was before. */
const LEAST_READINGS = 3;
/** A rise must stand out of the waves' own scatter by so much. */
const SIGMAS = 2.5;
/** The least rise that counts, in the sensor's unit: the finest gauges give tenths. */
const LEAST_RISE = 0.1;

interface Level {
  readonly value: number;
  readonly atMs: number;
}

/** What the level was when a fill began, and by how much it must rise. */
interface Baseline {
  readonly sinceMs: number;
  readonly before: number;
  readonly needed: number;
}

interface Fill {
  readonly isFilling: boolean;
  readonly isSettled: boolean;
}

/** Watches that a fill raises the level it fills by. Times are monotonic, ms. */
export class FillJudge {
  #levels: readonly Level[] = [];
  #filling: Baseline | null = null;

  /** A good reading of the level. */
  heard(value: number, atMs: number): void {
    const fromMs = atMs - Math.max(QUIET_MS, MEAN_MS);
    this.#levels = [...this.#levels.filter((level) => level.atMs > fromMs), { value, atMs }];
  }

  /**
   * @param isSettled the water moves by nothing but waves and the fill: a level that the return pump still draws down says
   *   nothing of a fill, and what was heard of it is forgotten
   * @returns true where it has been filling for 90 s and the level has not moved
   */
  isDry({ isFilling, isSettled }: Fill, atMs: number): boolean {
    if (!isSettled) this.#levels = [];
    if (!isFilling || !isSettled) {
      this.#filling = null;
      return false;
    }
    this.#filling ??= this.#begin(atMs);
    if (this.#filling === null || atMs - this.#filling.sinceMs < NO_CHANGE_MS) return false;
    const { before, needed } = this.#filling;
    const last = this.#levels.filter((level) => level.atMs > atMs - MEAN_MS).map(({ value }) => value);
    // A level that fell silent is its own sensor's fault, and stops the pump by itself.
    return last.length > 0 && meanOf(last) - before < needed;
  }

  #begin(atMs: number): Baseline | null {
    if (this.#levels.length < LEAST_READINGS) return null;
    const all = this.#levels.map(({ value }) => value);
    const last = this.#levels.filter((level) => level.atMs > atMs - MEAN_MS).map(({ value }) => value);
    const before = meanOf(last.length > 0 ? last : all);
    const scatter = SIGMAS * spreadOf(all) * Math.sqrt(2 / Math.max(1, last.length));
    return { sinceMs: atMs, before, needed: Math.max(LEAST_RISE, scatter) };
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
