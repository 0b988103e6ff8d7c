import { z } from "zod";
import { AlarmId, ChannelId } from "./ids.ts";

/** Ranked by consequence and time to respond, most urgent first (ISA-18.2 prioritization). */
export const AlarmPriority = z.enum(["critical", "high", "medium", "low"]);
export type AlarmPriority = z.infer<typeof AlarmPriority>;

export const AlarmKind = z.enum(["low-low", "low", "high", "high-high", "stale", "bad-measurement"]);
export type AlarmKind = z.infer<typeof AlarmKind>;

const DELAY_S = z.number().min(0).max(86_400);

/** One rationalized alarm (ISA-18.2). Numbers are in the channel's stored unit. */
export const AlarmDefinition = z.strictObject({
  id: AlarmId,
  name: z.string(),
  channelId: ChannelId,
  kind: AlarmKind,
  /** null for the kinds that have none: stale, bad-measurement. */
  setpoint: z.number().nullable(),
  deadband: z.number().nonnegative(),
  onDelayS: DELAY_S,
  offDelayS: DELAY_S,
  priority: AlarmPriority,
  /** Stays until somebody resets it. */
  latching: z.boolean(),
  /** What the keeper must do. Without a response it is an event, not an alarm. */
  response: z.string().trim().min(1).max(280),
});
export type AlarmDefinition = z.infer<typeof AlarmDefinition>;

export const AlarmState = z.enum([
  "normal",
  "unacknowledged",
  "acknowledged",
  "returned-unacknowledged",
  "latched",
  "shelved",
  "suppressed",
  "out-of-service",
]);
export type AlarmState = z.infer<typeof AlarmState>;

export const AlarmTransitionKind = z.enum([
  "raised",
  "returned",
  "acknowledged",
  "reset",
  "shelved",
  "unshelved",
  "suppressed",
  "unsuppressed",
  "out-of-service",
  "in-service",
]);
export type AlarmTransitionKind = z.infer<typeof AlarmTransitionKind>;

export interface AlarmTransition {
  readonly alarmId: AlarmId;
  readonly atMs: number;
  readonly transition: AlarmTransitionKind;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** The value that did it; null for a bad input. */
  readonly value: number | null;
  /** Who did it; null: the tank itself. */
  readonly by: string | null;
}
