import { z } from "zod";
import { DeclaredState, LevelPct } from "./channels.ts";
import { Guards } from "./guards.ts";
import { ChannelId } from "./ids.ts";
import { OutputRole } from "./quantities.ts";
import { Instant } from "./time.ts";

/** Who holds an output, by authority, highest first. Guards, latches and safe mode speak as `interlock`. */
export const OutputOwner = z.enum(["emergency-stop", "interlock", "manual", "mode", "schedule", "loop", "none"]);
export type OutputOwner = z.infer<typeof OutputOwner>;

/** `text` is one sentence for people; `code` is the contract; `until` is when it ends by itself, if it does. */
export const OutputReason = z.strictObject({ code: z.string(), text: z.string(), until: Instant.nullable() });
export type OutputReason = z.infer<typeof OutputReason>;

export const Confirmation = z.enum(["pending", "confirmed", "failed", "unknown"]);
export type Confirmation = z.infer<typeof Confirmation>;

export const OutputFault = z.strictObject({
  code: z.string(),
  text: z.string(),
  since: Instant,
  /** True: stays until an operator resets it, over restarts. */
  latched: z.boolean(),
});
export type OutputFault = z.infer<typeof OutputFault>;

/** What its relay has been through. Hours and days are rolling. */
export const OutputCycles = z.strictObject({
  startsLastHour: z.int().nonnegative(),
  startsLastDay: z.int().nonnegative(),
  startsTotal: z.int().nonnegative(),
  /** Of the cycles its relay is made for; null: not said what it is made for. */
  relayLifeLeftPct: z.number().min(0).max(100).nullable(),
});
export type OutputCycles = z.infer<typeof OutputCycles>;

/** One rolling budget and what of it is spent; the smallest that holds for each span and unit. */
export const OutputBudget = z.strictObject({
  windowS: z.number().positive(),
  unit: z.enum(["s", "mL"]),
  used: z.number().nonnegative(),
  limit: z.number().nonnegative(),
});
export type OutputBudget = z.infer<typeof OutputBudget>;

/** One of the things that must hold for it to be on, and whether it does now. */
export const OutputCondition = z.strictObject({ text: z.string(), holds: z.boolean() });
export type OutputCondition = z.infer<typeof OutputCondition>;

/** What usually must hold for an output of some role to be on, once the sensor or pump for it is named. */
export const UsualCondition = z.enum([
  "water-probe",
  "moving-water",
  "return-pump",
  "reservoir",
  "high-level",
  "leak",
  "ph",
]);
export type UsualCondition = z.infer<typeof UsualCondition>;

export const Output = z.strictObject({
  channelId: ChannelId,
  name: z.string(),
  role: OutputRole,
  requested: LevelPct,
  /** What the device says; null: unknown. Never what we hope. */
  actual: LevelPct.nullable(),
  confirmation: Confirmation,
  owner: OutputOwner,
  reason: OutputReason,
  /** Everything that keeps a wish from being granted now. */
  blockedBy: z.array(OutputReason),
  since: Instant,
  faults: z.array(OutputFault),
  guards: Guards,
  safeState: DeclaredState,
  cycles: OutputCycles,
  budgets: z.array(OutputBudget),
  /** Every interlock and permissive it has, whoever wants it on. */
  conditions: z.array(OutputCondition),
  /** What outputs of its role usually have among these, and this one has not, for nobody named the sensor or pump. */
  absent: z.array(UsualCondition),
});
export type Output = z.infer<typeof Output>;

export const OverrideRequest = z.strictObject({
  level: LevelPct,
  durationS: z.int().min(1).max(604_800),
});
export type OverrideRequest = z.infer<typeof OverrideRequest>;

export const EmergencyStopState = z.strictObject({
  isActive: z.boolean(),
  since: Instant.nullable(),
  by: z.string().nullable(),
});
export type EmergencyStopState = z.infer<typeof EmergencyStopState>;
