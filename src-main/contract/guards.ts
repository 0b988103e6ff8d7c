import { z } from "zod";
import { ChannelId } from "./ids.ts";
import { ModeKind } from "./mode-kinds.ts";

const DAY_S = 86_400;

/**
 * What an output may spend in any span of the length named, not per clock hour: seconds on, or mL where the output is a
 * pump whose flow is known. null: no limit.
 */
export const Budget = z.strictObject({
  per15Min: z.number().positive().nullable().default(null),
  perHour: z.number().positive().nullable().default(null),
  perDay: z.number().positive().nullable().default(null),
});
export type Budget = z.infer<typeof Budget>;

export const Guards = z.strictObject({
  /** Shortest time on, s; a safety cut never waits for it. */
  minOnS: z.number().min(0).max(DAY_S),
  /** Shortest time off, s. */
  minOffS: z.number().min(0).max(DAY_S),
  /** Longest time on without a break, s: past it the output goes off and a fault latches. null: no limit. */
  maxOnS: z
    .number()
    .positive()
    .max(7 * DAY_S)
    .nullable(),
  /** Rolling limits in seconds on. */
  budgetS: Budget.prefault({}),
  /** Rolling limits in mL; they hold where `equipment.flowMlPerS` is known. */
  budgetMl: Budget.prefault({}),
  /** More starts than this in an hour wear out a relay: a warning, never a lock. null: none. */
  warnStartsPerHour: z.int().min(1).max(3_600).nullable().default(12),
  /** An ON the device drops by itself unless it is renewed within this, s; only where the device can. null: none. */
  leaseS: z.number().min(5).max(DAY_S).nullable().default(null),
});
export type Guards = z.infer<typeof Guards>;

/** A condition that must hold for an output to be on. One that is bad, stale or unknown does not hold. */
export const Permissive = z.discriminatedUnion("kind", [
  /** A sensor says at least `min` and at most `max`: level, flow, a dry leak sensor, a pH window. */
  z
    .strictObject({
      kind: z.literal("sensor"),
      channelId: ChannelId,
      min: z.number().nullable().default(null),
      max: z.number().nullable().default(null),
    })
    .refine((p) => p.min !== null || p.max !== null, { message: "needs min or max", path: ["min"] })
    .refine((p) => p.min === null || p.max === null || p.min <= p.max, {
      message: "min must not be above max",
      path: ["min"],
    }),
  /** Another output is on, and confirmed, for so long: the return pump before the heater in its sump. */
  z.strictObject({
    kind: z.literal("output-on"),
    channelId: ChannelId,
    forS: z.number().min(0).max(DAY_S).default(0),
  }),
  /** Another output is off for so long: two parts that must not meet. */
  z.strictObject({
    kind: z.literal("output-off"),
    channelId: ChannelId,
    forS: z.number().min(0).max(DAY_S).default(0),
  }),
  /** None of these modes is on. */
  z.strictObject({ kind: z.literal("no-mode"), modes: z.array(ModeKind).min(1).max(8) }),
]);
export type Permissive = z.infer<typeof Permissive>;

/** What hangs on an output, as far as the keeper said. */
export const Equipment = z.strictObject({
  /** What its nameplate says, W; null: not said. */
  ratedW: z.number().positive().max(20_000).nullable().default(null),
  /** The sensor that measures its power; null: none. */
  powerChannelId: ChannelId.nullable().default(null),
  /** The outlet upstream that cuts it off where its own relay is welded; null: none. */
  masterChannelId: ChannelId.nullable().default(null),
  /** A pump's flow at working speed, mL/s; null: not calibrated. */
  flowMlPerS: z.number().positive().max(10_000).nullable().default(null),
  /** What its relay is made for, cycles; null: not said. */
  relayLifeCycles: z.int().positive().nullable().default(null),
});
export type Equipment = z.infer<typeof Equipment>;

/** What is done where somebody switched the device itself: driven back at once, or left so until the next change. */
export const SwitchedByHand = z.enum(["take-back", "respect"]);
export type SwitchedByHand = z.infer<typeof SwitchedByHand>;
