import { type Quantity, type Role, UNIT_OF } from "#contract/quantities.ts";
import type { ChannelSpec } from "../../ports.ts";
import type { OutputKey, SensorKey } from "../../simulated/tank-keys.ts";

const sensor = (key: SensorKey, name: string, [quantity, role]: readonly [Quantity, Role]): ChannelSpec => ({
  key,
  name,
  kind: "sensor",
  quantity,
  unit: UNIT_OF[quantity],
  role,
  pollIntervalS: 1,
});

/** Outputs are levels of themselves, %. */
const output = (key: OutputKey, name: string, role: Role): ChannelSpec => ({
  key,
  name,
  kind: key === "light" ? "dimmer" : "switch",
  quantity: "generic",
  unit: "%",
  role,
  pollIntervalS: 1,
  // Its lamp's driver keeps what it was told; every plug counts down.
  hasLease: key !== "light",
});

/** 0 dry, 1 wet: no percentage. */
const DIGITAL = "wet";
const CHILLER = output("chiller", "Chiller", "chiller");
const HEATER_OUTLET = output("heater-outlet", "Heater's outlet", "generic");
const DOSER_POWER = sensor("doser-power", "Doser power", ["power", "generic"]);
const SUMP_FLOATS: readonly ChannelSpec[] = [
  { ...sensor("sump-float", "Sump float", ["level", "sump"]), unit: DIGITAL },
  { ...sensor("sump-high-float", "Sump high float", ["level", "sump"]), unit: DIGITAL },
];

const CHANNELS: readonly ChannelSpec[] = [
  sensor("display-temperature", "Display temperature", ["temperature", "display"]),
  sensor("sump-temperature", "Sump temperature", ["temperature", "sump"]),
  sensor("room-temperature", "Room temperature", ["temperature", "room"]),
  sensor("ph", "pH", ["ph", "generic"]),
  sensor("orp", "ORP", ["orp", "generic"]),
  sensor("salinity", "Salinity", ["salinity", "generic"]),
  sensor("sump-level", "Sump level", ["level", "sump"]),
  sensor("reservoir-level", "Reservoir level", ["level", "reservoir"]),
  sensor("leak", "Leak", ["leak", "generic"]),
  sensor("return-flow", "Return flow", ["flow", "generic"]),
  sensor("heater-power", "Heater power", ["power", "generic"]),
  output("heater", "Heater", "heater"),
  output("return-pump", "Return pump", "return-pump"),
  output("circulation", "Circulation", "circulation"),
  output("skimmer", "Skimmer", "skimmer"),
  output("top-off", "Top-off", "top-off"),
  output("light", "Light", "light"),
  output("doser-alkalinity", "Alkalinity doser", "doser"),
];

interface Fittings {
  readonly chillerW: number | null;
  readonly hasHeaterOutlet: boolean;
  readonly hasSumpFloats: boolean;
  readonly hasDoserMeter: boolean;
}

/** The tank's channels; what it is not fitted with has none. */
export function tankChannels(fittings: Fittings): readonly ChannelSpec[] {
  return [
    ...CHANNELS,
    ...(fittings.hasSumpFloats ? SUMP_FLOATS : []),
    ...(fittings.hasDoserMeter ? [DOSER_POWER] : []),
    ...(fittings.chillerW === null ? [] : [CHILLER]),
    ...(fittings.hasHeaterOutlet ? [HEATER_OUTLET] : []),
  ];
}
