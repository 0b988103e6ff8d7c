import type { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { AlarmPreview, LevelStep, LoopPreview } from "#contract/what-if.ts";
import type { Span } from "../storage/ports.ts";

/** What one sensor said, in order of time. */
export interface RecordedChannel {
  readonly channelId: ChannelId;
  readonly atMs: Float64Array;
  readonly values: Float64Array;
  /** The span one of them speaks for, s. */
  readonly coversS: number;
}

interface Past {
  readonly span: Span;
  readonly channels: readonly ChannelConfig[];
  readonly recorded: readonly RecordedChannel[];
}

/** A loop over the past: with all that its thread needs to know. */
export interface LoopTask extends Past {
  readonly kind: "loop";
  readonly loop: LoopConfig;
  /** What every output it drives or looks at did. */
  readonly did: ReadonlyMap<ChannelId, readonly LevelStep[]>;
  readonly timeZone: string;
  readonly systemVolumeL: number | null;
}

export interface AlarmTask extends Past {
  readonly kind: "alarm";
  readonly alarm: AlarmDefinition;
}

export type Task = LoopTask | AlarmTask;
export type AnswerTo<T extends Task> = T extends LoopTask
  ? Pick<LoopPreview, "outputs" | "states" | "last" | "readings">
  : Pick<AlarmPreview, "transitions" | "raised" | "readings">;
