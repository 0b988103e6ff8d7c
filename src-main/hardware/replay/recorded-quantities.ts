import { Quantity, UNIT_OF } from "#contract/quantities.ts";

/** What a recorded type or unit means to us: stored value = recorded value x `factor`. */
export interface RecordedQuantity {
  readonly quantity: Quantity;
  readonly factor: number;
  /** The recording does not say °C or °F; the whole of its values must. */
  readonly hasUnknownScale: boolean;
}

const L_PER_US_GALLON = 3.785411784;
const MIN_PER_H = 60;

const as = (quantity: Quantity, factor = 1): RecordedQuantity => ({ quantity, factor, hasUnknownScale: false });

/** Neptune Apex's probe types, lower case; a `Cond` probe reports salinity. */
const BY_APEX_TYPE: ReadonlyMap<string, RecordedQuantity> = new Map([
  ["temp", { quantity: "temperature", factor: 1, hasUnknownScale: true }],
  ["ph", as("ph")],
  ["orp", as("orp")],
  ["cond", as("salinity")],
  ["sal", as("salinity")],
  ["do", as("dissolved-oxygen")],
  ["amps", as("current")],
  ["pwr", as("power")],
  ["watts", as("power")],
  ["volts", as("voltage")],
  ["kwh", as("energy")],
  ["gph", as("flow", L_PER_US_GALLON)],
  ["gpm", as("flow", L_PER_US_GALLON * MIN_PER_H)],
  ["lph", as("flow")],
  ["lpm", as("flow", MIN_PER_H)],
  ["par", as("par")],
  ["rh", as("humidity")],
  ["digital", as("generic")],
  ["alk", as("generic")],
  ["ca", as("generic")],
  ["mg", as("generic")],
  ["no3", as("generic")],
  ["po4", as("generic")],
]);

/** @returns null where the type is not known */
export function quantityOfApexType(type: string): RecordedQuantity | null {
  return BY_APEX_TYPE.get(type.toLowerCase()) ?? null;
}

/** Units other than the stored one that a recording may use, by quantity; lower case, `µ` as `u`. */
const FACTOR_OF_UNIT: Partial<Readonly<Record<Quantity, Readonly<Record<string, number>>>>> = {
  temperature: { c: 1 },
  "controller-temperature": { c: 1 },
  orp: { v: 1_000 },
  salinity: { psu: 1, "g/kg": 1 },
  conductivity: { "us/cm": 0.001 },
  flow: { gph: L_PER_US_GALLON, gpm: L_PER_US_GALLON * MIN_PER_H, "l/min": MIN_PER_H, lph: 1, lpm: MIN_PER_H },
  power: { kw: 1_000 },
  energy: { wh: 0.001 },
  voltage: { mv: 0.001 },
  current: { ma: 0.001 },
  humidity: { "%": 1 },
  leak: { "": 1 },
};

const KNOWN_QUANTITIES: ReadonlySet<string> = new Set(Quantity.options);
const FAHRENHEIT: ReadonlySet<string> = new Set(["f", "°f"]);

/** A column's `quantity` and `unit`, as the stored quantity and how to get there; null where either is not known. */
export function quantityOfUnit(
  quantity: string,
  unit: string,
): (RecordedQuantity & { readonly isFahrenheit: boolean }) | null {
  if (!isQuantity(quantity)) return null;
  const written = unit.toLowerCase().replaceAll(/[µμ]/g, "u");
  const isFahrenheit = UNIT_OF[quantity] === "°C" && FAHRENHEIT.has(written);
  const isStored = unit === "" || quantity === "generic" || written === storedUnit(quantity) || isFahrenheit;
  const factor = isStored ? 1 : FACTOR_OF_UNIT[quantity]?.[written];
  return factor === undefined ? null : { ...as(quantity, factor), isFahrenheit };
}

export function celsiusFrom(fahrenheit: number): number {
  return ((fahrenheit - 32) * 5) / 9;
}

function isQuantity(text: string): text is Quantity {
  return KNOWN_QUANTITIES.has(text);
}

function storedUnit(quantity: Quantity): string {
  return UNIT_OF[quantity].toLowerCase().replaceAll(/[µμ]/g, "u");
}
