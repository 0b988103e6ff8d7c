import type { VirtualClock } from "../platform/virtual-clock.ts";
import type { ReadingsPublisher } from "../readings/ports.ts";
import type { RecordedChannel, Task } from "./task.ts";

interface Stage {
  readonly clock: VirtualClock;
  readonly readings: ReadingsPublisher;
}

/** Says everything that was recorded again, at its own time, and stands at the span's end. @returns how many readings */
export async function play({ recorded, span }: Pick<Task, "recorded" | "span">, stage: Stage): Promise<number> {
  const { clock, readings } = stage;
  const next = recorded.map(() => 0);
  let count = 0;
  for (;;) {
    const index = earliest(recorded, next);
    const channel = recorded[index];
    if (channel === undefined) break;
    const at = next[index] ?? 0;
    next[index] = at + 1;
    const takenAtMs = channel.atMs[at] ?? span.toMs;
    const value = channel.values[at] ?? Number.NaN;
    if (takenAtMs > clock.nowMs()) await clock.advance(takenAtMs - clock.nowMs());
    const { channelId, coversS } = channel;
    readings.publish({ channelId, takenAtMs, value, quality: "good", reason: null, raw: value, coversS });
    count += 1;
  }
  await clock.advance(Math.max(0, span.toMs - clock.nowMs()));
  return count;
}

/** Which of them speaks next; -1: none. */
function earliest(recorded: readonly RecordedChannel[], next: readonly number[]): number {
  let best = -1;
  let bestAtMs = Number.POSITIVE_INFINITY;
  for (const [index, { atMs }] of recorded.entries()) {
    const candidate = atMs[next[index] ?? 0];
    if (candidate === undefined || candidate >= bestAtMs) continue;
    best = index;
    bestAtMs = candidate;
  }
  return best;
}
