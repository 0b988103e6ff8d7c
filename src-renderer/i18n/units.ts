import type { Preferences } from "#contract/preferences.ts";
import type { Quantity } from "#contract/quantities.ts";
import { shownUnit } from "#contract/shown-unit.ts";

/** How a stored value is shown: `shown = stored * factor + offset`, in `unit`, with so many decimals. */
export interface DisplayUnit {
  readonly unit: string;
  readonly factor: number;
  readonly offset: number;
  readonly decimals: number;
}

type Units = Pick<Preferences, "temperatureUnit" | "salinityUnit">;

const DECIMALS: Readonly<Partial<Record<Quantity, number>>> = {
  temperature: 2,
  "controller-temperature": 1,
  ph: 2,
  salinity: 1,
  conductivity: 1,
  "dissolved-oxygen": 2,
  energy: 2,
  current: 2,
  generic: 2,
};
const CELSIUS_TO_FAHRENHEIT = { factor: 1.8, offset: 32 };
/** Specific gravity 25/25 °C near 35 ppt: 1.0264 at 35, 0.00075 a ppt (linear fit, within 0.0002 from 25 to 40 ppt). */
const PPT_TO_SG = { factor: 0.000_754, offset: 1 };

/** @param unit the channel's stored unit, shown as it is where the keeper chose no other */
export function displayUnitOf(quantity: Quantity, unit: string, units: Units): DisplayUnit {
  const decimals = DECIMALS[quantity] ?? 0;
  const isTemperature = quantity === "temperature" || quantity === "controller-temperature";
  if (isTemperature && units.temperatureUnit === "F") {
    return { unit: "°F", ...CELSIUS_TO_FAHRENHEIT, decimals: Math.max(1, decimals - 1) };
  }
  if (quantity === "salinity" && units.salinityUnit === "sg") return { unit: "SG", ...PPT_TO_SG, decimals: 4 };
  return { unit: shownUnit(quantity, unit), factor: 1, offset: 0, decimals };
}

export function toShown(stored: number, { factor, offset }: DisplayUnit): number {
  return stored * factor + offset;
}

export function fromShown(shown: number, { factor, offset }: DisplayUnit): number {
  return (shown - offset) / factor;
}
