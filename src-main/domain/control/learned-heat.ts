import type { Curve } from "./curve-meter.ts";
import type { HeatModel } from "./heat-model.ts";
import { medianOf } from "./median.ts";

/** So many curves of each kind are kept: a day or two of them. */
const KEPT = 24;
/** Fewer are no model yet. */
const NEEDED = 3;
/** The room's part is learned only from curves whose difference to the room spreads as far, °C. */
const NEEDED_SPREAD_C = 1;
const NEEDED_PAIRS = 6;

/** Curves as they were measured, newest last. */
export interface LearnedHeat {
  readonly on: readonly Omit<Curve, "isOn">[];
  readonly off: readonly Omit<Curve, "isOn">[];
}

export const NO_HEAT_LEARNED: LearnedHeat = { on: [], off: [] };

export function withCurve(learned: LearnedHeat, { isOn, ...curve }: Curve): LearnedHeat {
  const kind = isOn ? "on" : "off";
  return { ...learned, [kind]: [...learned[kind], curve].slice(-KEPT) };
}

/**
 * The tank's model from its own curves, on top of what is known of it otherwise.
 * @param rated from nameplate and volume; null: not said
 * @returns null where neither is enough
 */
export function learnedHeatModel(learned: LearnedHeat, rated: HeatModel | null): HeatModel | null {
  const lastOffCPerH = learned.off.at(-1)?.rateCPerH ?? null;
  if (learned.on.length < NEEDED || learned.off.length < NEEDED) return rated && { ...rated, lastOffCPerH };
  const lossPerH = learnedLossPerH(learned) ?? rated?.lossPerH ?? 0;
  const [onCPerH, baseCPerH] = [levelAt(learned.on, lossPerH), levelAt(learned.off, lossPerH)];
  if (onCPerH === null || baseCPerH === null || onCPerH <= baseCPerH) return rated && { ...rated, lastOffCPerH };
  return { heaterCPerH: onCPerH - baseCPerH, lossPerH, baseCPerH, lastOffCPerH, isLearned: true };
}

/** The rate there would be at the room's own temperature, median, °C/h. */
function levelAt(curves: LearnedHeat["on"], lossPerH: number): number | null {
  return medianOf(curves.map(({ rateCPerH, aboveRoomC }) => rateCPerH + lossPerH * (aboveRoomC ?? 0)));
}

/** Median of the slopes between all pairs of off-curves far enough apart (Theil and Sen); null: too few. */
function learnedLossPerH({ off }: LearnedHeat): number | null {
  const slopes = off.flatMap((one, index) =>
    off.slice(index + 1).flatMap((other) => {
      const apartC = (other.aboveRoomC ?? Number.NaN) - (one.aboveRoomC ?? Number.NaN);
      return Math.abs(apartC) >= NEEDED_SPREAD_C ? [-(other.rateCPerH - one.rateCPerH) / apartC] : [];
    }),
  );
  const slope = slopes.length < NEEDED_PAIRS ? null : medianOf(slopes);
  return slope === null || slope <= 0 ? null : slope;
}
