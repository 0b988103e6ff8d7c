import type { Formats } from "../../i18n/formats.ts";
import { type DisplayUnit, toShown } from "../../i18n/units.ts";
import type { Departure } from "./departure.ts";

/** How far beyond which limit, so that it adds up with the value as it is shown. */
export function departureWords(
  { side, by, limit }: Departure,
  display: DisplayUnit,
  formats: Formats,
): { readonly by: string; readonly limit: string } {
  const rounded = (stored: number): number => Number(toShown(stored, display).toFixed(display.decimals));
  const apart = Math.abs(rounded(side === "low" ? limit - by : limit + by) - rounded(limit));
  return { by: amountIn(apart, display, formats), limit: formats.valueWithUnit(limit, display) };
}

/** How far apart two values are, in the user's unit, with it; never shown as zero. */
export function differenceIn(stored: number, display: DisplayUnit, formats: Formats): string {
  return amountIn(Math.abs(toShown(stored, display) - toShown(0, display)), display, formats);
}

function amountIn(shown: number, { decimals, unit }: DisplayUnit, formats: Formats): string {
  const least = 10 ** -decimals;
  // Half of it is shown as one.
  const words = shown < least / 2 ? `< ${formats.number(least, decimals)}` : formats.number(shown, decimals);
  return unit === "" ? words : `${words} ${unit}`;
}
