import type { Formats } from "./formats.ts";
import { toShown } from "./units.ts";

const CELSIUS = /-?\d+(?:\.\d+)? °C/g;
const DIFFERENCE = /(?:by|±) $/;
const APART = /^ apart/;

/** A sentence of the core's with its temperatures in the keeper's unit; what is a difference stays one. */
export function inOwnUnits(text: string, formats: Pick<Formats, "unitOf" | "number">): string {
  const display = formats.unitOf("temperature", "°C");
  if (display.unit === "°C") return text;
  let told = "";
  let saidUpTo = 0;
  for (const { 0: said, index } of text.matchAll(CELSIUS)) {
    const end = index + said.length;
    const isDifference = DIFFERENCE.test(text.slice(0, index)) || APART.test(text.slice(end));
    const shown = toShown(Number.parseFloat(said), isDifference ? { ...display, offset: 0 } : display);
    told += `${text.slice(saidUpTo, index)}${formats.number(shown, display.decimals)} ${display.unit}`;
    saidUpTo = end;
  }
  return told + text.slice(saidUpTo);
}

const FIGURE = /^-?\d+(?:\.(?<decimals>\d+))?/;

/** What of the core's begins with a figure, as `28.5 °C`, in the keeper's unit and the way he writes numbers. */
export function ownFigure(text: string, formats: Pick<Formats, "unitOf" | "number">): string {
  const own = inOwnUnits(text, formats);
  if (own !== text) return own;
  return text.replace(FIGURE, (said, decimals: string | undefined) =>
    formats.number(Number(said), decimals?.length ?? 0),
  );
}
