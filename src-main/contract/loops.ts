import { z } from "zod";
import { ChannelId, LoopId } from "./ids.ts";
import { Name } from "./names.ts";
import { Instant } from "./time.ts";

const ThermostatFields = {
  type: z.literal("thermostat"),
  name: Name,
  isEnabled: z.boolean().default(true),
  sensorChannelId: ChannelId,
  /** A redundant probe: heat by the higher, cool by the lower, neither while they differ by more than 1 °C. */
  secondSensorChannelId: ChannelId.nullable().default(null),
  heaterChannelId: ChannelId.nullable().default(null),
  chillerChannelId: ChannelId.nullable().default(null),
  /** °C; within the range a reef can live in. */
  setpointC: z.number().min(10).max(32).default(25.5),
  /** Half the on/off differential, °C. */
  hysteresisC: z.number().min(0.05).max(2).default(0.15),
};
const someOutput = {
  check: (l: { heaterChannelId: string | null; chillerChannelId: string | null }) =>
    l.heaterChannelId !== null || l.chillerChannelId !== null,
  params: { message: "needs a heater or a chiller", path: ["heaterChannelId"] },
};

export const LoopCreate = z.strictObject(ThermostatFields).refine(someOutput.check, someOutput.params);
export type LoopCreate = z.infer<typeof LoopCreate>;

/** A loop as it is kept. */
export const LoopConfig = z
  .strictObject({ id: LoopId, ...ThermostatFields })
  .refine(someOutput.check, someOutput.params);
export type LoopConfig = z.infer<typeof LoopConfig>;

export const LoopPatch = z
  .strictObject({
    name: Name,
    isEnabled: z.boolean(),
    sensorChannelId: ChannelId,
    secondSensorChannelId: ChannelId.nullable(),
    heaterChannelId: ChannelId.nullable(),
    chillerChannelId: ChannelId.nullable(),
    setpointC: ThermostatFields.setpointC.unwrap(),
    hysteresisC: ThermostatFields.hysteresisC.unwrap(),
  })
  .partial();
export type LoopPatch = z.infer<typeof LoopPatch>;

/** What a loop is doing and why, in one sentence. */
export const LoopState = z.strictObject({
  state: z.enum(["heating", "cooling", "idle", "blocked", "disabled"]),
  text: z.string(),
  processVariableC: z.number().nullable(),
  /** Share of the last hour its heater was asked to be on, %; null until a loop has run a minute. */
  heaterDutyPct: z.number().nullable(),
  since: Instant,
});
export type LoopState = z.infer<typeof LoopState>;

export const Loop = z.strictObject({ id: LoopId, ...ThermostatFields, live: LoopState });
export type Loop = z.infer<typeof Loop>;

/** What `loops.live` tells: a loop as it is now, or that there is none with this id any more. */
export const LoopChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("loop"), loop: Loop }),
  z.strictObject({ kind: z.literal("removed"), id: LoopId }),
]);
export type LoopChange = z.infer<typeof LoopChange>;
