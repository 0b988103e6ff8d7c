/** The simulated tank's own names of its channels. */
export const TEMPERATURE_KEYS = ["display-temperature", "sump-temperature", "room-temperature"] as const;
export const WATER_PROBE_KEYS = ["display-temperature", "sump-temperature", "ph", "orp", "salinity"] as const;
export const SENSOR_KEYS = [
  ...TEMPERATURE_KEYS,
  "ph",
  "orp",
  "salinity",
  "sump-level",
  "sump-float",
  "sump-high-float",
  "reservoir-level",
  "leak",
  "return-flow",
  "heater-power",
  "doser-power",
] as const;
export type SensorKey = (typeof SENSOR_KEYS)[number];

export const OUTPUT_KEYS = [
  "heater",
  "return-pump",
  "circulation",
  "skimmer",
  "top-off",
  "light",
  "chiller",
  "heater-outlet",
  "doser-alkalinity",
] as const;
export type OutputKey = (typeof OUTPUT_KEYS)[number];

export function isOutputKey(key: string): key is OutputKey {
  return (OUTPUT_KEYS as readonly string[]).includes(key);
}

export function isSensorKey(key: string): key is SensorKey {
  return (SENSOR_KEYS as readonly string[]).includes(key);
}
