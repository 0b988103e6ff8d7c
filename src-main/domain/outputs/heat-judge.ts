import { type HeatModel, heaterShareC, predictedDriftC } from "../control/heat-model.ts";

/** Water and probe lag behind a switch: what comes sooner says nothing, ms. */
const LAG_MS = 4 * 60_000;
/** A minute's readings make one sample: finer ones drown in the probe's noise. */
const SAMPLE_MS = 60_000;
/** Spans a heater is judged over, ms. A relay may weld shut at any moment of an off, so each span ends now. */
const SPANS_MS = [20, 25, 30, 35, 40, 45, 60].map((min) => min * 60_000);
/** The water must be above the off-curve by this share of what the rated power would add, and by so many steps. */
const STUCK_ON_FRACTION = 0.6;
const STUCK_ON_STEPS = 3;
/** A heater that works adds at least this share of what is predicted. */
const WEAK_FRACTION = 0.3;
const WEAK_STEPS = 4;
const WEAK_MIN_MS = 30 * 60_000;
/** From here on it works again: clear of the limit above. */
const WELL_FRACTION = 0.5;
/** The finest step of the usual probes (DS18B20 at 12 bit), °C. */
const LEAST_STEP_C = 0.0625;

interface Sample {
  readonly waterC: number;
  readonly roomC: number | null;
  readonly secondC: number | null;
  readonly atMs: number;
}

export interface HeatSeen {
  readonly isHeating: boolean;
  /** Something else moves the water's heat: a chiller that runs, or ran a moment ago. */
  readonly isDisturbed: boolean;
  /** null: not good. */
  readonly waterC: number | null;
  /** A second probe; null: none, or not good. */
  readonly secondC: number | null;
  /** null: not measured. */
  readonly roomC: number | null;
  /** Monotonic, ms. */
  readonly atMs: number;
}

/**
 * `stuck-on`: off, and yet the water leaves its off-curve as if it heated. `weak`: on, and adding far less than it should;
 * `contradicted`: the same, while a second probe sees it heat. `well`: on, and adding what it should.
 */
export type HeatFinding = "unknown" | "stuck-on" | "weak" | "contradicted" | "well";

/**
 * Infers from the water alone whether a heater does as told. It is compared with the curve the water would follow with
 * the heater off, so one that only holds or slows a fall has added what it should and is well.
 */
export class HeatJudge {
  #samples: readonly Sample[] = [];
  #isHeating: boolean | null = null;
  #since = 0;
  #minute: { readonly startMs: number; readonly seen: HeatSeen[] } | null = null;
  #lastRaw: number | null = null;
  #stepC = Number.POSITIVE_INFINITY;

  judge(seen: HeatSeen, model: HeatModel | null): HeatFinding {
    this.#learnStep(seen.waterC);
    if (seen.isHeating !== this.#isHeating || seen.isDisturbed || seen.waterC === null) {
      this.#isHeating = seen.isHeating;
      this.#since = seen.atMs;
      this.#samples = [];
      this.#minute = null;
      return "unknown";
    }
    if (!this.#sample(seen) || model === null) return "unknown";
    return seen.isHeating ? this.#judgeOn(model) : this.#judgeOff(model);
  }

  /** @returns true where a new sample came of it */
  #sample(seen: HeatSeen): boolean {
    if (seen.atMs - this.#since < LAG_MS) return false;
    this.#minute ??= { startMs: seen.atMs, seen: [] };
    this.#minute.seen.push(seen);
    if (seen.atMs - this.#minute.startMs < SAMPLE_MS) return false;
    const { startMs, seen: all } = this.#minute;
    this.#minute = null;
    const longest = SPANS_MS.at(-1) ?? 0;
    const sample = {
      waterC: meanOf(all.map(({ waterC }) => waterC)) ?? Number.NaN,
      secondC: meanOf(all.map(({ secondC }) => secondC)),
      roomC: meanOf(all.map(({ roomC }) => roomC)),
      atMs: (startMs + seen.atMs) / 2,
    };
    this.#samples = [...this.#samples.filter(({ atMs }) => sample.atMs - atMs <= longest + SAMPLE_MS), sample];
    return true;
  }

  #judgeOff(model: HeatModel): HeatFinding {
    for (const spanMs of SPANS_MS) {
      const excess = this.#excess(model, spanMs, ({ waterC }) => waterC);
      if (excess === null) continue;
      const needed = Math.max(
        STUCK_ON_FRACTION * heaterShareC(model, excess.spanMs),
        STUCK_ON_STEPS * this.#step(),
      );
      if (excess.aboveC >= needed) return "stuck-on";
    }
    return "unknown";
  }

  #judgeOn(model: HeatModel): HeatFinding {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    const spanMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs;
    const shareC = heaterShareC(model, spanMs);
    if (spanMs < WEAK_MIN_MS || shareC < WEAK_STEPS * this.#step()) return "unknown";
    const added = this.#excess(model, spanMs, ({ waterC }) => waterC);
    if (added === null) return "unknown";
    if (added.aboveC >= WELL_FRACTION * shareC) return "well";
    if (added.aboveC >= WEAK_FRACTION * shareC) return "unknown";
    const second = this.#excess(model, spanMs, ({ secondC }) => secondC);
    return second !== null && second.aboveC >= STUCK_ON_FRACTION * shareC ? "contradicted" : "weak";
  }

  /** How far the water is above where it would be with the heater off for the last `spanMs`, °C; null: not known. */
  #excess(model: HeatModel, spanMs: number, of: (sample: Sample) => number | null) {
    const last = this.#samples.at(-1);
    const from = this.#samples.findIndex(({ atMs }) => last !== undefined && last.atMs - atMs <= spanMs);
    const first = this.#samples[from];
    if (first === undefined || last === undefined) return null;
    const coveredMs = last.atMs - first.atMs;
    if (coveredMs < spanMs - SAMPLE_MS * 2) return null;
    const [firstC, lastC] = [of(first), of(last)];
    let driftC = 0;
    for (let index = from + 1; index < this.#samples.length; index++) {
      const [before, sample] = [this.#samples[index - 1], this.#samples[index]];
      if (before === undefined || sample === undefined) return null;
      const stepC = predictedDriftC(model, before, sample.atMs - before.atMs);
      if (stepC === null) return null;
      driftC += stepC;
    }
    return firstC === null || lastC === null ? null : { aboveC: lastC - firstC - driftC, spanMs: coveredMs };
  }

  #learnStep(waterC: number | null): void {
    const movedC = Math.abs((waterC ?? Number.NaN) - (this.#lastRaw ?? Number.NaN));
    if (movedC > 1e-4) this.#stepC = Math.min(this.#stepC, movedC);
    if (waterC !== null) this.#lastRaw = waterC;
  }

  #step(): number {
    return Number.isFinite(this.#stepC) ? Math.max(this.#stepC, LEAST_STEP_C) : LEAST_STEP_C;
  }
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
