import { z } from "zod";

/** What a channel measures; each has one stored unit (design: converted only at the edge of the screen). */
export const Quantity = z.enum([
  "temperature",
  "controller-temperature",
  "ph",
  "orp",
  "salinity",
  "conductivity",
  "dissolved-oxygen",
  "level",
  "leak",
  "flow",
  "power",
  "energy",
  "voltage",
  "current",
  "humidity",
  "par",
  "generic",
]);
export type Quantity = z.infer<typeof Quantity>;

/** The unit each quantity is stored and sent in. Digital quantities are 0 or 1 where they are not a percentage. */
export const UNIT_OF: Readonly<Record<Quantity, string>> = {
  temperature: "°C",
  "controller-temperature": "°C",
  ph: "pH",
  orp: "mV",
  salinity: "ppt",
  conductivity: "mS/cm",
  "dissolved-oxygen": "mg/L",
  level: "%",
  leak: "wet",
  flow: "L/h",
  power: "W",
  energy: "kWh",
  voltage: "V",
  current: "A",
  humidity: "%RH",
  par: "µmol/m²/s",
  generic: "",
};

export const ChannelKind = z.enum(["sensor", "switch", "dimmer"]);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const OutputRole = z.enum([
  "heater",
  "chiller",
  "return-pump",
  "circulation",
  "skimmer",
  "top-off",
  "doser",
  "light",
  "fan",
  "uv",
  "feeder",
  "generic",
]);
export type OutputRole = z.infer<typeof OutputRole>;

export const SensorRole = z.enum(["display", "sump", "reservoir", "room", "generic"]);
export type SensorRole = z.infer<typeof SensorRole>;

export const Role = z.enum([...new Set([...SensorRole.options, ...OutputRole.options])]);
export type Role = z.infer<typeof Role>;
