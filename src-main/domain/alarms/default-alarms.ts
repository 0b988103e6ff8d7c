import {
  type AlarmDefinition,
  type AlarmKind,
  type AlarmPriority,
  UNUSED_ALARM_FIELDS,
} from "#contract/alarms.ts";
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

/** domain.md section 4. A limit's midpoint is what recordings are centred on. */
const LIMITS: Partial<Record<Quantity, LimitTable>> = {
  temperature: {
    setpoints: [23.5, 24.4, 26.7, 27.8],
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

/** Midpoint the default limits stand around (interface.md section 6); null where the quantity has no limits. */
export const DEFAULT_MIDPOINT: Partial<Record<Quantity, number>> = {
  temperature: 25.5,
  ph: 8.15,
  orp: 355,
  salinity: 34.75,
};

/** A probe that cannot be believed: bridging a minute keeps one lost sample from waking anybody. */
const FAULT_DELAY_S = 60;

/**
 * The alarms offered for a new sensor channel: limits where the quantity has them, and its measurement's own.
 * @param shiftBy added to every limit, in the quantity's unit: a tank kept elsewhere than the default
 */
export function defaultAlarms(quantity: Quantity, shiftBy = 0): readonly AlarmTemplate[] {
  const table = LIMITS[quantity];
  if (table === undefined) return [];
  const limit = (kind: AlarmKind, index: 0 | 1 | 2 | 3, priority: AlarmPriority): AlarmTemplate => ({
    ...UNUSED_ALARM_FIELDS,
    kind,
    setpoint: table.setpoints[index] + shiftBy,
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
    ...UNUSED_ALARM_FIELDS,
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
