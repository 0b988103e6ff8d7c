/** Two redundant probes may differ by this, °C, once matched. */
const DISCREPANCY_C = 0.5;
const DISCREPANCY_AFTER_MS = 10 * 60_000;
/** Beyond it nobody knows what the water has, so nothing heats or cools. */
const DISTRUST_C = 1;
const ROUNDING = 1e-9;

/** What must be remembered between two checks of a pair. */
export interface CrossCheckState {
  /** Since when they have been too far apart, monotonic ms; null: they are not. */
  readonly apartSinceMs: number | null;
}

export interface ProbePair {
  /** Good values, °C; null: that probe is not good. */
  readonly firstC: number | null;
  readonly secondC: number | null;
  /** What the second reads less than the first in the same water, °C: see `matchOf`. */
  readonly matchC: number;
  /** Monotonic. */
  readonly atMs: number;
}

export interface CrossCheck {
  readonly state: CrossCheckState;
  /** The higher one: never overheat on a probe that reads low. null: do not heat. */
  readonly heatByC: number | null;
  /** The lower one. null: do not cool. */
  readonly coolByC: number | null;
  /** They have stood more than 0.5 °C apart for 10 min. */
  readonly isDiscrepant: boolean;
  /** One of them is not good and the other one decides. */
  readonly isSingle: boolean;
}

/** The one-point match of two probes in the same water: uncalibrated ones differ by up to 1 °C. */
export function matchOf(firstC: number, secondC: number): number {
  return firstC - secondC;
}

/** Compares two redundant water probes: heat by the higher, cool by the lower, neither while more than 1 °C apart. */
export function crossCheck(state: CrossCheckState, { firstC, secondC, matchC, atMs }: ProbePair): CrossCheck {
  const matchedC = secondC === null ? null : secondC + matchC;
  if (firstC === null || matchedC === null) {
    const onlyC = firstC ?? matchedC;
    return {
      state: { apartSinceMs: null },
      heatByC: onlyC,
      coolByC: onlyC,
      isDiscrepant: false,
      isSingle: onlyC !== null,
    };
  }
  const apartC = Math.abs(firstC - matchedC);
  const apartSinceMs = apartC > DISCREPANCY_C + ROUNDING ? (state.apartSinceMs ?? atMs) : null;
  const isTrusted = apartC <= DISTRUST_C + ROUNDING;
  return {
    state: { apartSinceMs },
    heatByC: isTrusted ? Math.max(firstC, matchedC) : null,
    coolByC: isTrusted ? Math.min(firstC, matchedC) : null,
    isDiscrepant: apartSinceMs !== null && atMs - apartSinceMs >= DISCREPANCY_AFTER_MS,
    isSingle: false,
  };
}
