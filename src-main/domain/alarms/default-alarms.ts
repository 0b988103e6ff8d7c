import {
  type AlarmDefinition,
  type AlarmKind,
  type AlarmPriority,
  UNUSED_ALARM_FIELDS,
} from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import type { Quantity } from "#contract/quantities.ts";
import { CRITICAL_RE_ALARM_S } from "./alarm-machine.ts";
import {
  type AlarmWords,
  LIMITS,
  type RateLimit,
  TEMPERATURE_MIDPOINT_C,
  TEMPERATURE_SETPOINTS_C,
} from "./limit-table.ts";

/** An alarm as it is offered, before it belongs to a channel. */
export type AlarmTemplate = Omit<AlarmDefinition, "id" | "channelId" | "name">;

/** A probe that cannot be believed: bridging a minute keeps one lost sample from waking anybody. */
const FAULT_DELAY_S = 60;
/** The window itself bridges what is short. */
const RATE_ON_DELAY_S = 60;

/** Without limits that fit every tank; that they are not measured any more is wrong in every one. */
const MEASURED: readonly Quantity[] = ["level", "flow", "conductivity", "dissolved-oxygen"];

/** However a tank is kept, its outermost limits stay within what reef animals bear (20 to 32 °C) with time to act, °C. */
const LOWEST_C = 20.5;
const HIGHEST_C = 30;

/** Water on the floor, or in a sump above all that drains back: somebody must come at once. */
const WET = { setpoint: 0.5, onDelayS: 1, offDelayS: 1 } as const;
const WET_WORDS = {
  leak: {
    response:
      "Find the water and stop it; pull the plug of what pumps it, then dry the sensor and reset this alarm.",
    cause: "A hose, a seal or a siphon; a top-off or a water change that runs on; a skimmer that overflows.",
    consequence: "Water on the floor and near electricity; the return may run dry.",
  },
  overflow: {
    response: "Look for what fills the sump; stop the top-off, lower the level, then reset this alarm.",
    cause: "A top-off that runs on, a siphon, or more back-drain than the sump can take.",
    consequence: "The sump overflows; fresh water dilutes the tank.",
  },
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
function wetAlarms(where: keyof typeof WET_WORDS): readonly AlarmTemplate[] {
  return [
    {
      ...UNUSED_ALARM_FIELDS,
      ...WET,
      kind: "high-high",
      deadband: 0,
      priority: "critical",
      latching: true,
      reAlarmS: CRITICAL_RE_ALARM_S,
      ...WET_WORDS[where],
    },
    ...faults(),
  ];
}

/**
 * The alarms offered for a new sensor channel: limits where the quantity has them, and its measurement's own.
 * @param shift added to the limits, in the quantity's unit: a tank kept elsewhere than the default
 */
export function defaultAlarms(quantity: Quantity, shift: LimitShift | number = 0): readonly AlarmTemplate[] {
  const table = LIMITS[quantity];
  if (table === undefined) return MEASURED.includes(quantity) ? faults() : [];
  const { low, high } = typeof shift === "number" ? { low: shift, high: shift } : shift;
  const limit = (kind: AlarmKind, index: 0 | 1 | 2 | 3, priority: AlarmPriority): AlarmTemplate => ({
    ...UNUSED_ALARM_FIELDS,
    kind,
    setpoint: shifted(table.setpoints[index], index < 2 ? low : high),
    deadband: table.deadband,
    onDelayS: (index === 0 || index === 3 ? table.outerOnDelayS : undefined) ?? table.onDelayS,
    offDelayS: table.offDelayS,
    priority,
    latching: false,
    reAlarmS: priority === "critical" ? CRITICAL_RE_ALARM_S : null,
    ...(index < 2 ? table.words.low : table.words.high),
  });
  return [
    limit("low-low", 0, "critical"),
    limit("low", 1, "high"),
    limit("high", 2, "high"),
    limit("high-high", 3, "critical"),
    ...table.rates.map((one) => rate(one, table.onDelayS)),
    ...faults(),
  ];
}

/** The outer share of a change that ends it, so that a slope that hovers at its limit rings once. */
const RATE_DEADBAND = 0.2;

function rate({ changeBy, windowS, priority, words }: RateLimit, offDelayS: number): AlarmTemplate {
  return {
    ...UNUSED_ALARM_FIELDS,
    kind: "rate-of-change",
    setpoint: changeBy,
    windowS,
    deadband: changeBy * RATE_DEADBAND,
    onDelayS: RATE_ON_DELAY_S,
    offDelayS,
    priority,
    latching: false,
    ...words,
  };
}

/** What sets an alarm apart among those of one channel, and names it: «high», «change in 2 h». */
export function labelOf({ kind, windowS }: Pick<AlarmDefinition, "kind" | "windowS">): string {
  if (kind !== "rate-of-change" || windowS === null) return kind;
  const minutes = Math.round(windowS / 60);
  return minutes % 60 === 0 ? `change in ${minutes / 60} h` : `change in ${minutes} min`;
}

/** Without the tails of binary fractions. */
function shifted(setpoint: number, by: number): number {
  return Math.round((setpoint + by) * 1_000) / 1_000;
}

function faults(): readonly AlarmTemplate[] {
  return [
    fault("bad-measurement", "high", {
      response: "Look at the probe and its plug: what it says cannot be, and nothing acts on it.",
      cause: "A dead or unplugged probe, one out of the water, or a bad connection.",
      consequence: "What is controlled by it stays off; its limits are watched by nobody.",
    }),
    fault("stale", "high", {
      response: "Check the device's power and connection: nothing new came from this probe.",
      cause: "The device lost its power or its network, or hangs.",
      consequence: "What is controlled by it stays off; its limits are watched by nobody.",
    }),
  ];
}

function fault(kind: AlarmKind, priority: AlarmPriority, words: AlarmWords): AlarmTemplate {
  return {
    ...UNUSED_ALARM_FIELDS,
    kind,
    setpoint: null,
    deadband: 0,
    onDelayS: FAULT_DELAY_S,
    offDelayS: FAULT_DELAY_S,
    priority,
    latching: false,
    ...words,
  };
}
