/** A reservoir measured in % is empty below this. */
const EMPTY_BELOW_PCT = 2;
/** Once empty it must be filled to this before it is not: a pump must not run dry on ripples. */
const FILLED_FROM_PCT = 5;

/** Whether a reservoir is empty, by a digital sensor (0 dry, 1 wet) or one in %: it is told which by what it says. */
export class ReservoirWatch {
  #isGauge = false;
  #isEmpty = false;

  /** @param value a good one @returns whether there is nothing to pump */
  note(value: number): boolean {
    if (value !== 0 && value !== 1) this.#isGauge = true;
    if (!this.#isGauge) this.#isEmpty = value === 0;
    else this.#isEmpty = value < (this.#isEmpty ? FILLED_FROM_PCT : EMPTY_BELOW_PCT);
    return this.#isEmpty;
  }
}
