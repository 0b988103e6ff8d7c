import type { Resolution } from "#contract/history.ts";
import type { ChannelId } from "#contract/ids.ts";
import { type Instant, instantFrom } from "#contract/time.ts";
import type { LevelStep } from "#contract/what-if.ts";
import type { HistoryReader, OutputHistoryReader, Span } from "../storage/ports.ts";
import type { RecordedChannel } from "./task.ts";

/** A day at one reading every few seconds; a month at one every five minutes. */
const MAX_POINTS = 20_000;
const COARSEST_FIRST: readonly Resolution[] = ["1d", "1h", "5m", "raw"];
const STEP_S: Readonly<Record<Resolution, number>> = { raw: 1, "5m": 300, "1h": 3_600, "1d": 86_400 };

interface Recorded {
  readonly recorded: readonly RecordedChannel[];
  /** The coarsest of what they came in. */
  readonly resolution: Resolution;
}

/** What these sensors said. @throws ReefFault database-away */
export async function recordedOf(
  history: HistoryReader,
  channels: readonly { readonly id: ChannelId; readonly pollIntervalS: number }[],
  span: Span,
): Promise<Recorded> {
  const answers = await Promise.all(
    channels.map(async ({ id, pollIntervalS }) => {
      const { resolution, points } = await history.history({ channelId: id, span, maxPoints: MAX_POINTS });
      const cellS = (span.toMs - span.fromMs) / 1_000 / MAX_POINTS;
      const channel: RecordedChannel = {
        channelId: id,
        atMs: Float64Array.from(points, ({ at }) => Date.parse(at)),
        values: Float64Array.from(points, ({ mean }) => mean),
        coversS: Math.max(pollIntervalS, STEP_S[resolution], 2 * cellS),
      };
      return { resolution, channel };
    }),
  );
  const resolution = COARSEST_FIRST.find((one) => answers.some((answer) => answer.resolution === one)) ?? "raw";
  return { recorded: answers.map(({ channel }) => channel), resolution };
}

/** When the first reading of all was taken; null: there are none. */
export function firstInstantOf(recorded: readonly RecordedChannel[]): Instant | null {
  const firstMs = Math.min(...recorded.flatMap(({ atMs }) => atMs[0] ?? []));
  return Number.isFinite(firstMs) ? instantFrom(firstMs) : null;
}

/** What these outputs did. @throws ReefFault database-away */
export async function didOf(
  history: OutputHistoryReader,
  channelIds: readonly ChannelId[],
  span: Span,
): Promise<ReadonlyMap<ChannelId, readonly LevelStep[]>> {
  const entries = await Promise.all(
    channelIds.map(async (channelId): Promise<[ChannelId, readonly LevelStep[]]> => {
      const { spans } = await history.outputHistory({ channelId, span, maxPoints: MAX_POINTS });
      return [channelId, spans.map(({ from, levelPct }) => ({ at: from, level: levelPct }))];
    }),
  );
  return new Map(entries);
}
