import type { DisplayUnit } from "../../i18n/units.ts";

/** What the ending of a parameter's name says of its unit; longer endings first. */
const UNIT_BY_ENDING: readonly (readonly [ending: string, unit: string])[] = [
  ["PctPerDay", "%/d"],
  ["MlPerMin", "mL/min"],
  ["MsPerCm", "mS/cm"],
  ["MgPerL", "mg/L"],
  ["LPerH", "L/h"],
  ["Bits", "bit"],
  ["Ohm", "Ω"],
  ["Pct", "%"],
  ["Ppt", "ppt"],
  ["Min", "min"],
  ["Hz", "Hz"],
  ["Mv", "mV"],
  ["Ms", "ms"],
  ["Ml", "mL"],
  ["C", "°C"],
  ["L", "L"],
  ["W", "W"],
  ["V", "V"],
  ["A", "A"],
  ["S", "s"],
];
const MAX_DECIMALS = 6;
const TEMPERATURE_DECIMALS = 2;

export type TemperatureUnit = "C" | "F";

function endingOf(name: string): readonly [string, string] | null {
  const fits = ([ending]: readonly [string, string]) =>
    name.length > ending.length && name.endsWith(ending) && /[a-z0-9]/.test(name.at(-ending.length - 1) ?? "");
  return UNIT_BY_ENDING.find(fits) ?? null;
}

/** The unit a parameter is shown in: its name carries the stored one; temperatures as the keeper reads them. */
export function unitOfParam(name: string, temperatureUnit: TemperatureUnit): DisplayUnit {
  const unit = endingOf(name)?.[1] ?? "";
  if (unit === "°C" && temperatureUnit === "F") {
    return { unit: "°F", factor: 1.8, offset: 32, decimals: TEMPERATURE_DECIMALS };
  }
  return { unit, factor: 1, offset: 0, decimals: unit === "°C" ? TEMPERATURE_DECIMALS : MAX_DECIMALS };
}

/** `heaterPowerW` in words, its unit left out: "Heater power". */
export function nameInWords(name: string): string {
  const bare = name.slice(0, name.length - (endingOf(name)?.[0].length ?? 0));
  const words = bare.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
