/** The water and the probe lag behind a switch; a curve is believed after so long, ms. */
const LAG_MS = 5 * 60_000;
/** Shorter than this a curve drowns in the probe's resolution, ms. */
const SHORTEST_MS = 15 * 60_000;
/** A curve that goes on is noted as often as this, ms: the room moves meanwhile. */
const LONGEST_MS = 60 * 60_000;
const MS_PER_H = 3_600_000;

/** How the water moved over a span in which the heater stayed as it was. */
export interface Curve {
  readonly isOn: boolean;
  readonly rateCPerH: number;
  /** Water above room, mean, °C; null: not measured. */
  readonly aboveRoomC: number | null;
}

export interface CurveSample {
  readonly isOn: boolean;
  readonly waterC: number;
  readonly roomC: number | null;
  /** Monotonic. */
  readonly atMs: number;
}

interface Sums {
  readonly isOn: boolean;
  /** When it was switched, or noted last. */
  readonly fromMs: number;
  lastMs: number;
  count: number;
  t: number;
  c: number;
  tt: number;
  tc: number;
  aboveC: number;
  aboveCount: number;
}

/** Measures warming and cooling by least squares over each span between two switches of the heater. */
export class CurveMeter {
  #sums: Sums | null = null;

  /** @returns the curve that ended with this sample, if one did that says something */
  note(sample: CurveSample): Curve | null {
    const sums = this.#sums;
    if (sums === null || sums.isOn !== sample.isOn) {
      this.#sums = emptySums(sample.isOn, sample.atMs);
      return sums === null ? null : curveFrom(sums);
    }
    if (sample.atMs - sums.fromMs >= LONGEST_MS + LAG_MS) {
      // The lag is behind it: the next stretch counts from its first moment on.
      this.#sums = emptySums(sample.isOn, sample.atMs - LAG_MS);
      add(this.#sums, sample);
      return curveFrom(sums);
    }
    if (sample.atMs - sums.fromMs >= LAG_MS) add(sums, sample);
    return null;
  }

  /** The water was not seen, or something else moved it: what was measured so far says nothing. */
  forget(): void {
    this.#sums = null;
  }
}

function emptySums(isOn: boolean, fromMs: number): Sums {
  return { isOn, fromMs, lastMs: fromMs, count: 0, t: 0, c: 0, tt: 0, tc: 0, aboveC: 0, aboveCount: 0 };
}

function add(sums: Sums, { waterC, roomC, atMs }: CurveSample): void {
  const t = atMs - sums.fromMs;
  sums.lastMs = atMs;
  sums.count += 1;
  sums.t += t;
  sums.c += waterC;
  sums.tt += t * t;
  sums.tc += t * waterC;
  if (roomC === null) return;
  sums.aboveC += waterC - roomC;
  sums.aboveCount += 1;
}

function curveFrom(sums: Sums): Curve | null {
  if (sums.lastMs - sums.fromMs - LAG_MS < SHORTEST_MS) return null;
  const { isOn, count, t, c, tt, tc } = sums;
  const spread = count * tt - t * t;
  if (spread <= 0) return null;
  return {
    isOn,
    rateCPerH: ((count * tc - t * c) / spread) * MS_PER_H,
    aboveRoomC: sums.aboveCount === 0 ? null : sums.aboveC / sums.aboveCount,
  };
}
