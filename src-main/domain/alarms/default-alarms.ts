import type { AlarmDefinition, AlarmKind, AlarmPriority } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import type { Quantity } from "#contract/quantities.ts";

/** An alarm as it is offered, before it belongs to a channel. */
export type AlarmTemplate = Omit<AlarmDefinition, "id" | "channelId" | "name">;

interface LimitTable {
  /** low-low, low, high, high-high, in the quantity's stored unit. */
  readonly setpoints: readonly [number, number, number, number];
  readonly deadband: number;
  readonly onDelayS: number;
  readonly offDelayS: number;
  /** On-delay of the outer pair, s, where it differs. */
  readonly outerOnDelayS?: number;
  readonly responses: { readonly low: string; readonly high: string };
}

/** low-low, low, high and high-high, and what they stand around, °C. */
const TEMPERATURE_SETPOINTS_C = [23.5, 24.4, 26.7, 27.8] as const;
const TEMPERATURE_MIDPOINT_C = 25.5;

/** The bands a reef is kept in, and around them what harms. A limit's midpoint is what recordings are centred on. */
const LIMITS: Partial<Record<Quantity, LimitTable>> = {
  temperature: {
    setpoints: TEMPERATURE_SETPOINTS_C,
    deadband: 0.15,
    onDelayS: 120,
    offDelayS: 60,
    outerOnDelayS: 30,
    responses: {
      low: "Check that the heater has power and is on, and that water flows past it.",
      high: "Check that the heater is off; cool the room, open the lid, aim a fan at the water.",
    },
  },
  ph: {
    setpoints: [7.6, 7.8, 8.5, 8.6],
    deadband: 0.03,
    onDelayS: 600,
    offDelayS: 300,
    responses: {
      low: "Air the room and check the skimmer's air intake and the dosing; verify with a test kit.",
      high: "Stop dosing alkaline parts and verify with a test kit.",
    },
  },
  orp: {
    setpoints: [250, 300, 410, 450],
    deadband: 10,
    onDelayS: 1_800,
    offDelayS: 600,
    responses: {
      low: "Look for something dead or overfed, and check the skimmer.",
      high: "Turn off ozone, and check the probe.",
    },
  },
  salinity: {
    setpoints: [32, 33.5, 36, 37],
    deadband: 0.2,
    onDelayS: 900,
    offDelayS: 300,
    responses: {
      low: "Check that the top-off is not running on, and measure with a refractometer.",
      high: "Check the top-off and its reservoir, and measure with a refractometer.",
    },
  },
};

/** Midpoint the default limits stand around; null where the quantity has no limits. */
export const DEFAULT_MIDPOINT: Partial<Record<Quantity, number>> = {
  temperature: TEMPERATURE_MIDPOINT_C,
  ph: 8.15,
  orp: 355,
  salinity: 34.75,
};

/** A probe that cannot be believed: bridging a minute keeps one lost sample from waking anybody. */
const FAULT_DELAY_S = 60;

/** However a tank is kept, its outermost limits stay within what reef animals bear (20 to 32 °C) with time to act, °C. */
const LOWEST_C = 20.5;
const HIGHEST_C = 30;

/** Water on the floor, or in a sump above all that drains back: somebody must come at once. */
const WET = { setpoint: 0.5, onDelayS: 1, offDelayS: 1 } as const;
const WET_RESPONSES = {
  leak: "Find the water and stop it; pull the plug of what pumps it, then dry the sensor and reset this alarm.",
  overflow: "Look for what fills the sump; stop the top-off, lower the level, then reset this alarm.",
} as const;

/** How far limits stand from their default, in the quantity's unit. */
export interface LimitShift {
  readonly low: number;
  readonly high: number;
}

/**
 * The alarms of one sensor of a tank as it is configured: limits around what its thermostat holds, wet floors and sumps,
 * and its measurement's own. A room's thermometer has none.
 */
export function alarmsOf(channel: ChannelConfig, loops: readonly LoopConfig[]): readonly AlarmTemplate[] {
  const { kind, role, quantity, id } = channel;
  if (kind !== "sensor" || role === "room") return [];
  if (quantity === "leak") return wetAlarms("leak");
  const isOverflow = loops.some((loop) => loop.type === "top-off" && loop.highLevelChannelId === id);
  if (isOverflow) return wetAlarms("overflow");
  return defaultAlarms(quantity, quantity === "temperature" ? thermostatShift(channel, loops) : 0);
}

/** By the thermostat that hears this probe, else by the tank's only one: the same water is everywhere. */
function thermostatShift({ id }: ChannelConfig, loops: readonly LoopConfig[]): LimitShift {
  const thermostats = loops.filter((loop) => loop.type === "thermostat").filter(({ isEnabled }) => isEnabled);
  const own = thermostats.find(({ sensorChannelId, secondSensorChannelId }) =>
    [sensorChannelId, secondSensorChannelId].includes(id),
  );
  const thermostat = own ?? (thermostats.length === 1 ? thermostats[0] : undefined);
  return thermostat === undefined ? { low: 0, high: 0 } : setpointShift(thermostat);
}

/** Low limits follow the coolest it holds, by night and in any season, high ones the warmest: neither rings for what is meant. */
export function setpointShift({
  setpointC,
  night,
  monthlyOffsetsC,
}: Pick<ThermostatConfig, "setpointC" | "night" | "monthlyOffsetsC">): LimitShift {
  const daily = night === null ? [setpointC] : [setpointC, night.setpointC];
  const offsets = monthlyOffsetsC ?? [0];
  const [lowLowC, , , highHighC] = TEMPERATURE_SETPOINTS_C;
  const low = Math.min(...daily) + Math.min(...offsets) - TEMPERATURE_MIDPOINT_C;
  const high = Math.max(...daily) + Math.max(...offsets) - TEMPERATURE_MIDPOINT_C;
  return { low: Math.max(low, LOWEST_C - lowLowC), high: Math.min(high, HIGHEST_C - highHighC) };
}

/** Its kind is one that no mode keeps quiet. */
function wetAlarms(where: keyof typeof WET_RESPONSES): readonly AlarmTemplate[] {
  const wet = { ...WET, deadband: 0, priority: "critical", latching: true } as const;
  return [{ kind: "high-high", ...wet, response: WET_RESPONSES[where] }, ...faults()];
}

/**
 * The alarms offered for a new sensor channel: limits where the quantity has them, and its measurement's own.
 * @param shift added to the limits, in the quantity's unit: a tank kept elsewhere than the default
 */
export function defaultAlarms(quantity: Quantity, shift: LimitShift | number = 0): readonly AlarmTemplate[] {
  const table = LIMITS[quantity];
  if (table === undefined) return [];
  const { low, high } = typeof shift === "number" ? { low: shift, high: shift } : shift;
  const limit = (kind: AlarmKind, index: 0 | 1 | 2 | 3, priority: AlarmPriority): AlarmTemplate => ({
    kind,
    setpoint: shifted(table.setpoints[index], index < 2 ? low : high),
    deadband: table.deadband,
    onDelayS: (index === 0 || index === 3 ? table.outerOnDelayS : undefined) ?? table.onDelayS,
    offDelayS: table.offDelayS,
    priority,
    latching: false,
    response: index < 2 ? table.responses.low : table.responses.high,
  });
  return [
    limit("low-low", 0, "critical"),
    limit("low", 1, "high"),
    limit("high", 2, "high"),
    limit("high-high", 3, "critical"),
    ...faults(),
  ];
}

/** Without the tails of binary fractions. */
function shifted(setpoint: number, by: number): number {
  return Math.round((setpoint + by) * 1_000) / 1_000;
}

function faults(): readonly AlarmTemplate[] {
  return [
    fault(
      "bad-measurement",
      "high",
      "Look at the probe and its plug: what it says cannot be, and nothing acts on it.",
    ),
    fault("stale", "high", "Check the device's power and connection: nothing new came from this probe."),
  ];
}

function fault(kind: AlarmKind, priority: AlarmPriority, response: string): AlarmTemplate {
  return {
    kind,
    setpoint: null,
    deadband: 0,
    onDelayS: FAULT_DELAY_S,
    offDelayS: FAULT_DELAY_S,
    priority,
    latching: false,
    response,
  };
}
