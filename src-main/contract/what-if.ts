import { z } from "zod";
import { AlarmDefinition, AlarmTransitionKind } from "./alarms.ts";
import { LevelPct } from "./channels.ts";
import { Resolution } from "./history.ts";
import { ChannelId } from "./ids.ts";
import { LoopCreate, LoopState } from "./loops.ts";
import { Instant, InstantInput } from "./time.ts";

const SpanFields = { from: InstantInput.optional(), to: InstantInput.optional() };

/** A loop, saved or not, over a past span; by default the last 24 hours. */
export const LoopPreviewRequest = z.strictObject({ loop: LoopCreate, ...SpanFields });
export type LoopPreviewRequest = z.infer<typeof LoopPreviewRequest>;

/** From `at` on an output is at this level; null: nobody knows. */
export const LevelStep = z.strictObject({ at: Instant, level: LevelPct.nullable() });
export type LevelStep = z.infer<typeof LevelStep>;

const OutputRecord = z.strictObject({
  steps: z.array(LevelStep),
  onS: z.number().nonnegative(),
  starts: z.int().nonnegative(),
});
export type OutputRecord = z.infer<typeof OutputRecord>;

/** What one output would have done, beside what it did. */
export const PreviewedOutput = z.strictObject({
  channelId: ChannelId,
  name: z.string(),
  would: OutputRecord,
  did: OutputRecord,
});
export type PreviewedOutput = z.infer<typeof PreviewedOutput>;

export const PreviewedState = z.strictObject({ at: Instant, state: z.string(), text: z.string() });

export const LoopPreview = z.strictObject({
  from: Instant,
  to: Instant,
  /** What the past was known in: `raw`, or a rollup's means, in which a fast loop sees less than it would live. */
  resolution: Resolution,
  /** Readings that it was shown; 0: nothing was recorded of its inputs. */
  readings: z.int().nonnegative(),
  /** When the first of them was taken; null: there are none. Before it nothing could be decided. */
  readingsFrom: Instant.nullable(),
  outputs: z.array(PreviewedOutput),
  states: z.array(PreviewedState),
  /** How it stood at the end. */
  last: LoopState.nullable(),
});
export type LoopPreview = z.infer<typeof LoopPreview>;

/** An alarm, saved or not, over a past span; by default the last 24 hours. */
export const AlarmPreviewRequest = z.strictObject({ alarm: AlarmDefinition.omit({ id: true }), ...SpanFields });
export type AlarmPreviewRequest = z.infer<typeof AlarmPreviewRequest>;

export const AlarmPreview = z.strictObject({
  from: Instant,
  to: Instant,
  resolution: Resolution,
  readings: z.int().nonnegative(),
  /** When the first of them was taken; null: there are none. Before it nothing could be decided. */
  readingsFrom: Instant.nullable(),
  /** How often it would have rung. */
  raised: z.int().nonnegative(),
  transitions: z.array(
    z.strictObject({ at: Instant, transition: AlarmTransitionKind, value: z.number().nullable() }),
  ),
});
export type AlarmPreview = z.infer<typeof AlarmPreview>;
