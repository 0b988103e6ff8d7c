import { z } from "zod";
import { ChannelId } from "../ids.ts";
import { TimeOfDay } from "./times-of-day.ts";

/** °C; within the range a reef can live in. */
const SetpointC = z.number().min(10).max(32);

/** Another setpoint between two times of day; it may cross midnight. */
export const NightSetpoint = z.strictObject({ setpointC: SetpointC, from: TimeOfDay, to: TimeOfDay });
export type NightSetpoint = z.infer<typeof NightSetpoint>;

export const ThermostatFields = {
  type: z.literal("thermostat"),
  sensorChannelId: ChannelId,
  /** A redundant probe: heat by the higher, cool by the lower, neither while they differ by more than 1 °C. */
  secondSensorChannelId: ChannelId.nullable().default(null),
  heaterChannelId: ChannelId.nullable().default(null),
  chillerChannelId: ChannelId.nullable().default(null),
  setpointC: SetpointC.default(25.5),
  /** Half the on/off differential, °C. */
  hysteresisC: z.number().min(0.05).max(2).default(0.15),
  night: NightSetpoint.nullable().default(null),
  /** What is added to every setpoint, °C, in the middle of each month from January on; straight lines between. */
  monthlyOffsetsC: z.array(z.number().min(-5).max(5)).length(12).nullable().default(null),
  /** While no probe is good: go on at the duty learned last, at most 50 % and for 2 h, under an alarm, instead of off. */
  holdsLastDuty: z.boolean().default(false),
  /** The room's temperature, to judge the heater's work by; null: not measured. */
  roomSensorChannelId: ChannelId.nullable().default(null),
};

export const ThermostatState = {
  processVariableC: z.number().nullable(),
  /** What it holds now, with night and season. */
  activeSetpointC: z.number().nullable(),
  /** Share of the last hour its heater was asked to be on, %; null until a loop has run a minute. */
  heaterDutyPct: z.number().nullable(),
  heaterStartsLastDay: z.int().nullable(),
};
