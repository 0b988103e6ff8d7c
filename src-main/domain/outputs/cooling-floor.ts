import type { ThermostatConfig } from "#contract/loops.ts";

/** Nothing cools so far below the lowest setpoint, °C: ten times the usual hysteresis, and no thermostat gets there. */
const BELOW_SETPOINT_C = 1.5;
/** Nothing cools from here down where no thermostat says what it is for, °C: below the low-low alarm, above what harms. */
const UNSAID_C = 22.5;

/**
 * From this temperature down a chiller stays off, °C.
 * @param thermostats those that drive it, with their lowest setpoint of night and season
 */
export function coolingFloorC(thermostats: readonly ThermostatConfig[]): number {
  if (thermostats.length === 0) return UNSAID_C;
  const lowest = thermostats.map(({ setpointC, night, monthlyOffsetsC }) => {
    const offsetC = Math.min(0, ...(monthlyOffsetsC ?? []));
    return Math.min(setpointC, night?.setpointC ?? setpointC) + offsetC;
  });
  return Math.round((Math.min(...lowest) - BELOW_SETPOINT_C) * 100) / 100;
}
