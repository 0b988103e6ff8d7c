import { z } from "zod";
import { LevelPct } from "../channels.ts";
import { ChannelId, ModeId } from "../ids.ts";
import { ModeKind } from "../mode-kinds.ts";
import { TimeOfDay } from "./times-of-day.ts";

const ForS = z.number().min(0).max(86_400).default(0);

/** One thing a rule looks at. A channel that is bad, stale or unknown makes its condition unknown: the rule holds as it is. */
export const RuleCondition = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("above"),
    channelId: ChannelId,
    value: z.number(),
    /** How far it must fall back before the condition ends, in the channel's unit. */
    hysteresis: z.number().min(0).default(0),
    forS: ForS,
  }),
  z.strictObject({
    kind: z.literal("below"),
    channelId: ChannelId,
    value: z.number(),
    hysteresis: z.number().min(0).default(0),
    forS: ForS,
  }),
  z.strictObject({ kind: z.literal("output-on"), channelId: ChannelId, forS: ForS }),
  z.strictObject({ kind: z.literal("output-off"), channelId: ChannelId, forS: ForS }),
  z.strictObject({ kind: z.literal("mode"), mode: ModeKind }),
  /** Between two times of day in the tank's zone; it may cross midnight. */
  z.strictObject({ kind: z.literal("time"), from: TimeOfDay, to: TimeOfDay }),
]);
export type RuleCondition = z.infer<typeof RuleCondition>;

export const RuleAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("output"), channelId: ChannelId, level: LevelPct }),
  z.strictObject({ kind: z.literal("mode"), modeId: ModeId }),
  z.strictObject({
    kind: z.literal("alarm"),
    priority: z.enum(["critical", "high", "medium", "low"]),
    text: z.string().trim().min(1).max(200),
  }),
]);
export type RuleAction = z.infer<typeof RuleAction>;

export const RuleFields = {
  type: z.literal("rule"),
  /** All of them must hold, or any one of them. */
  match: z.enum(["all", "any"]).default("all"),
  conditions: z.array(RuleCondition).min(1).max(16),
  actions: z.array(RuleAction).min(1).max(8),
};

export const RuleState = {
  isTrue: z.boolean().nullable(),
  conditions: z.array(z.strictObject({ isTrue: z.boolean().nullable(), text: z.string() })),
};
