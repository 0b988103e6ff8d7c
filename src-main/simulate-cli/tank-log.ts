import type { TankTruth } from "../hardware/simulated/simulated-tank.ts";

/** What we take as what reef animals do not survive; our own bounds, wide of what a reef is kept at (docs/safety.md). */
export const LETHAL = {
  minC: 20,
  maxC: 32,
  minPpt: 28,
  maxPpt: 42,
  dkhPerDay: 2,
  overflowL: 0,
  returnAbsentS: 2 * 3_600,
} as const;
export type Lethal = keyof typeof LETHAL;

const DAY_S = 86_400;
/** Alkalinity of the last day is remembered in steps of this, s. */
const DOSE_STEP_S = 600;
/** A return line that moves less than this has stopped, L/h. */
const STANDS_BELOW_L_PER_H = 100;
/** Below this nothing overflowed: a wave's crest, L. */
const DROP_L = 0.01;

/** What became of the tank. */
export interface TankExtremes {
  readonly minC: number;
  readonly maxC: number;
  readonly minPpt: number;
  readonly maxPpt: number;
  readonly overflowL: number;
  readonly maxDkhPerDay: number;
  /** The longest time without flow at a stretch. */
  readonly returnAbsentS: number;
}

/** Looks at how the tank really is, now and then, and remembers the worst of it. */
export class TankLog {
  readonly #crossedAtS = new Map<Lethal, number>();
  readonly #added: number[] = [];
  #extremes: { -readonly [K in keyof TankExtremes]: number } | null = null;
  #flowedAtS = 0;
  #bounds: { readonly overflowL: number };

  constructor(bounds: { readonly overflowL: number }) {
    this.#bounds = bounds;
  }

  /** When each limit was first crossed, s of the tank's own time. */
  get crossedAtS(): ReadonlyMap<Lethal, number> {
    return this.#crossedAtS;
  }

  get extremes(): TankExtremes {
    if (this.#extremes === null) throw new Error("nothing was looked at");
    return this.#extremes;
  }

  look({ elapsedS, displayC, salinityPpt, overflowL, addedAlkalinityDkh, returnLPerH }: TankTruth): void {
    if (returnLPerH > STANDS_BELOW_L_PER_H) this.#flowedAtS = elapsedS;
    const before = this.#extremes;
    const next = {
      minC: Math.min(before?.minC ?? displayC, displayC),
      maxC: Math.max(before?.maxC ?? displayC, displayC),
      minPpt: Math.min(before?.minPpt ?? salinityPpt, salinityPpt),
      maxPpt: Math.max(before?.maxPpt ?? salinityPpt, salinityPpt),
      overflowL,
      maxDkhPerDay: Math.max(before?.maxDkhPerDay ?? 0, this.#dosedLastDay(elapsedS, addedAlkalinityDkh)),
      returnAbsentS: Math.max(before?.returnAbsentS ?? 0, elapsedS - this.#flowedAtS),
    };
    this.#extremes = next;
    this.#cross("minC", next.minC < LETHAL.minC, elapsedS);
    this.#cross("maxC", next.maxC > LETHAL.maxC, elapsedS);
    this.#cross("minPpt", next.minPpt < LETHAL.minPpt, elapsedS);
    this.#cross("maxPpt", next.maxPpt > LETHAL.maxPpt, elapsedS);
    this.#cross("dkhPerDay", next.maxDkhPerDay > LETHAL.dkhPerDay, elapsedS);
    this.#cross("overflowL", overflowL > this.#bounds.overflowL + DROP_L, elapsedS);
    this.#cross("returnAbsentS", next.returnAbsentS > LETHAL.returnAbsentS, elapsedS);
  }

  #cross(limit: Lethal, isCrossed: boolean, atS: number): void {
    if (isCrossed && !this.#crossedAtS.has(limit)) this.#crossedAtS.set(limit, atS);
  }

  #dosedLastDay(elapsedS: number, addedDkh: number): number {
    const step = Math.floor(elapsedS / DOSE_STEP_S);
    while (this.#added.length <= step) this.#added.push(addedDkh);
    return addedDkh - (this.#added[step - DAY_S / DOSE_STEP_S] ?? 0);
  }
}
