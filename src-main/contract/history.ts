import { z } from "zod";
import { LevelPct } from "./channels.ts";
import { ChannelId } from "./ids.ts";
import { Instant } from "./time.ts";

export const Resolution = z.enum(["raw", "5m", "1h", "1d"]);
export type Resolution = z.infer<typeof Resolution>;

export const HistoryPoint = z.strictObject({
  at: Instant,
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  count: z.int(),
});
export type HistoryPoint = z.infer<typeof HistoryPoint>;

export const History = z.strictObject({
  channelId: ChannelId,
  unit: z.string(),
  resolution: Resolution,
  points: z.array(HistoryPoint),
});
export type History = z.infer<typeof History>;

/** Over good readings in [from, to). */
export const Stats = z.strictObject({
  count: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  latest: z.strictObject({ value: z.number(), takenAt: Instant }).nullable(),
  unit: z.string(),
});
export type Stats = z.infer<typeof Stats>;

/** An output at one level in [from, to). */
export const OutputSpan = z.strictObject({
  from: Instant,
  to: Instant,
  /** null: unknown, because its device did not confirm what it was told; the mean where changes were put together. */
  levelPct: LevelPct.nullable(),
});
export type OutputSpan = z.infer<typeof OutputSpan>;

export const OutputHistory = z.strictObject({
  channelId: ChannelId,
  /** `each`: every change; `cells`: there were too many, so the mean level of equal pieces of the span. */
  resolution: z.enum(["each", "cells"]),
  /** In order; before the first of them nothing is known. */
  spans: z.array(OutputSpan),
});
export type OutputHistory = z.infer<typeof OutputHistory>;
