import { z } from "zod";
import { LoopId } from "./ids.ts";
import { DoserFields, DoserState } from "./loops/doser.ts";
import { RuleFields, RuleState } from "./loops/rule.ts";
import { ThermostatFields, ThermostatState } from "./loops/thermostat.ts";
import { TopOffFields, TopOffState } from "./loops/top-off.ts";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";
import { Instant } from "./time.ts";

const CommonFields = { name: Name, isEnabled: z.boolean().default(true) };
const Kept = { id: LoopId, ...CommonFields };

const someOutput = {
  check: (l: { heaterChannelId: string | null; chillerChannelId: string | null }) =>
    l.heaterChannelId !== null || l.chillerChannelId !== null,
  params: { message: "needs a heater or a chiller", path: ["heaterChannelId"] },
};

export const LoopCreate = z.discriminatedUnion("type", [
  z.strictObject({ ...CommonFields, ...ThermostatFields }).refine(someOutput.check, someOutput.params),
  z.strictObject({ ...CommonFields, ...TopOffFields }),
  z.strictObject({ ...CommonFields, ...DoserFields }),
  z.strictObject({ ...CommonFields, ...RuleFields }),
]);
export type LoopCreate = z.infer<typeof LoopCreate>;

export const ThermostatConfig = z
  .strictObject({ ...Kept, ...ThermostatFields })
  .refine(someOutput.check, someOutput.params);
export type ThermostatConfig = z.infer<typeof ThermostatConfig>;
export const TopOffConfig = z.strictObject({ ...Kept, ...TopOffFields });
export type TopOffConfig = z.infer<typeof TopOffConfig>;
export const DoserConfig = z.strictObject({ ...Kept, ...DoserFields });
export type DoserConfig = z.infer<typeof DoserConfig>;
export const RuleConfig = z.strictObject({ ...Kept, ...RuleFields });
export type RuleConfig = z.infer<typeof RuleConfig>;

/** A loop as it is kept. */
export const LoopConfig = z.discriminatedUnion("type", [ThermostatConfig, TopOffConfig, DoserConfig, RuleConfig]);
export type LoopConfig = z.infer<typeof LoopConfig>;
export type LoopType = LoopConfig["type"];

const { type: _thermostat, ...thermostatFields } = ThermostatFields;
const { type: _topOff, ...topOffFields } = TopOffFields;
const { type: _doser, ...doserFields } = DoserFields;
const { type: _rule, ...ruleFields } = RuleFields;

/** What may be changed of a loop; a field another type of loop has is refused by name. */
export const LoopPatch = patchOf({
  ...CommonFields,
  ...thermostatFields,
  ...topOffFields,
  ...doserFields,
  ...ruleFields,
});
export type LoopPatch = z.infer<typeof LoopPatch>;

/** Something about a loop a person should know: it will be an alarm of this priority. `code` is the contract. */
export const LoopWarning = z.strictObject({
  code: z.string(),
  text: z.string(),
  priority: z.enum(["critical", "high", "medium", "low"]),
});
export type LoopWarning = z.infer<typeof LoopWarning>;

const CommonState = {
  state: z.enum([
    "heating",
    "cooling",
    "filling",
    "dosing",
    "active",
    "waiting",
    "held",
    "idle",
    "blocked",
    "disabled",
  ]),
  /** What it does and why, in one sentence. */
  text: z.string(),
  since: Instant,
  /** What it will do next of itself, and when, if it knows. */
  next: z.strictObject({ text: z.string(), at: Instant.nullable() }).nullable(),
  /** What is wrong with it or around it now. */
  warnings: z.array(LoopWarning),
};

/** What a loop is doing and why. */
export const LoopState = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("thermostat"), ...CommonState, ...ThermostatState }),
  z.strictObject({ type: z.literal("top-off"), ...CommonState, ...TopOffState }),
  z.strictObject({ type: z.literal("doser"), ...CommonState, ...DoserState }),
  z.strictObject({ type: z.literal("rule"), ...CommonState, ...RuleState }),
]);
export type LoopState = z.infer<typeof LoopState>;

const Live = { live: LoopState };
export const Loop = z.discriminatedUnion("type", [
  z.strictObject({ ...Kept, ...ThermostatFields, ...Live }),
  z.strictObject({ ...Kept, ...TopOffFields, ...Live }),
  z.strictObject({ ...Kept, ...DoserFields, ...Live }),
  z.strictObject({ ...Kept, ...RuleFields, ...Live }),
]);
export type Loop = z.infer<typeof Loop>;

/** What `loops.live` tells: a loop as it is now, or that there is none with this id any more. */
export const LoopChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("loop"), loop: Loop }),
  z.strictObject({ kind: z.literal("removed"), id: LoopId }),
]);
export type LoopChange = z.infer<typeof LoopChange>;
