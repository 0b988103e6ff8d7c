import type { LoopCreate, LoopState } from "#contract/loops.ts";
import { channelIdOf } from "./reading.ts";

type ThermostatCreate = Extract<LoopCreate, { type: "thermostat" }>;

/** What is sent to make a thermostat: 25.5 °C on channel 1 with the heater of channel 2, but for what is said otherwise. */
export function thermostatConfig(changes: Partial<ThermostatCreate> = {}): ThermostatCreate {
  return {
    type: "thermostat",
    name: "Temperature",
    isEnabled: true,
    sensorChannelId: channelIdOf(1),
    secondSensorChannelId: null,
    heaterChannelId: channelIdOf(2),
    chillerChannelId: null,
    setpointC: 25.5,
    hysteresisC: 0.15,
    night: null,
    monthlyOffsetsC: null,
    holdsLastDuty: false,
    roomSensorChannelId: null,
    ...changes,
  };
}

/** A thermostat that has nothing to do, but for what is said otherwise. */
export function thermostatState(
  changes: Partial<Extract<LoopState, { type: "thermostat" }>> = {},
): Extract<LoopState, { type: "thermostat" }> {
  return {
    type: "thermostat",
    state: "idle",
    text: "",
    since: "1970-01-01T00:00:00.000Z",
    next: null,
    warnings: [],
    processVariableC: null,
    activeSetpointC: null,
    heaterDutyPct: null,
    heaterStartsLastDay: null,
    ...changes,
  };
}
