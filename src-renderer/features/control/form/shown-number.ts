import { type DisplayUnit, toShown } from "../../../i18n/units.ts";
import type { Range } from "./draft-problems.ts";

export function plainUnit(unit: string, decimals: number): DisplayUnit {
  return { unit, factor: 1, offset: 0, decimals };
}

/** A difference in a unit: 0.5 °C is 0.9 °F, and not 32.9. */
export function differenceIn(display: DisplayUnit): DisplayUnit {
  return { ...display, offset: 0 };
}

/** Seconds shown as hours or minutes. */
export function scaledUnit(unit: string, perStored: number, decimals: number): DisplayUnit {
  return { unit, factor: 1 / perStored, offset: 0, decimals };
}

/** The ends of a range in the shown unit, rounded inwards to what can be typed. */
export function shownRange({ min, max }: Range, display: DisplayUnit): Range {
  const scale = 10 ** (display.decimals + 1);
  const inward = (stored: number | null, round: (value: number) => number): number | null =>
    stored === null
      ? null
      : Number((round(Number((toShown(stored, display) * scale).toFixed(3))) / scale).toFixed(8));
  return { min: inward(min, Math.ceil), max: inward(max, Math.floor) };
}
