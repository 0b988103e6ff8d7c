/** A digital sensor says 0 dry, 1 wet. */
const WET_FROM = 0.5;
/** Once empty it must be filled by so much more before it is not, %: a pump must not run dry on ripples. */
const HYSTERESIS_PCT = 3;

/** The sensor that watches a reservoir. */
export interface ReservoirGauge {
  /** `%` for a level that is measured; anything else is a digital sensor. */
  readonly unit: string;
  /** One in % is empty below this. */
  readonly emptyBelowPct: number;
}

/** Whether a reservoir has nothing to pump, by one good reading: 1 is wet of a float, and 1 % of a gauge. */
export function isReservoirEmpty(value: number, { unit, emptyBelowPct }: ReservoirGauge): boolean {
  return value < (unit === "%" ? emptyBelowPct : WET_FROM) || value === 0;
}

/** Whether a reservoir is empty, over time. */
export class ReservoirWatch {
  #isEmpty = false;

  /** @param value a good one @returns whether there is nothing to pump */
  note(value: number, { unit, emptyBelowPct }: ReservoirGauge): boolean {
    const limitPct = this.#isEmpty ? emptyBelowPct + HYSTERESIS_PCT : emptyBelowPct;
    this.#isEmpty = isReservoirEmpty(value, { unit, emptyBelowPct: limitPct });
    return this.#isEmpty;
  }
}
