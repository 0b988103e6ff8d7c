import type { RecordingColumns } from "./recording.ts";

interface Intervals {
  readonly sampleCount: number;
  readonly nominalIntervalMs: number;
  readonly gapMs: number;
}

/** Of a channel with a single sample. */
const UNKNOWN_INTERVAL_MS = 60_000;
/** Spacings are counted to 1 s, those below 10 s to 10 ms: a channel has few different ones, whatever its jitter. */
const FINE_BELOW_MS = 10_000;
/** A spacing is usual, not a gap, where it occurs this often. */
const USUAL_COUNT = 3;
const USUAL_FRACTION = 0.01;
/** A gap is longer than this many of the longest usual spacing. */
export const GAP_FACTOR = 1.5;

/** How often each channel was recorded. A recording may change its interval midway; a gap is longer than all it keeps to. */
export function intervalsOf({ atMs, channelOf }: RecordingColumns, channelCount: number): readonly Intervals[] {
  const last = new Float64Array(channelCount).fill(Number.NaN);
  const spacings = Array.from({ length: channelCount }, () => new Map<number, number>());
  for (let i = 0; i < atMs.length; i++) {
    const channel = channelOf[i] ?? 0;
    const spacingMs = (atMs[i] ?? 0) - (last[channel] ?? 0);
    last[channel] = atMs[i] ?? 0;
    if (Number.isNaN(spacingMs)) continue;
    const roundMs = spacingMs < FINE_BELOW_MS ? 10 : 1_000;
    const roundedMs = Math.max(10, Math.round(spacingMs / roundMs) * roundMs);
    const counts = spacings[channel];
    counts?.set(roundedMs, (counts.get(roundedMs) ?? 0) + 1);
  }
  return spacings.map(intervalsFrom);
}

function intervalsFrom(countOf: ReadonlyMap<number, number>): Intervals {
  const total = [...countOf.values()].reduce((sum, count) => sum + count, 0);
  const sorted = [...countOf].sort(([a], [b]) => a - b);
  let before = 0;
  let nominalIntervalMs = UNKNOWN_INTERVAL_MS;
  for (const [spacingMs, count] of sorted) {
    if (before * 2 < total) nominalIntervalMs = spacingMs;
    before += count;
  }
  const least = Math.max(USUAL_COUNT, total * USUAL_FRACTION);
  const usualMs = sorted.findLast(([, count]) => count >= least)?.[0] ?? nominalIntervalMs;
  return { sampleCount: total + 1, nominalIntervalMs, gapMs: GAP_FACTOR * Math.max(usualMs, nominalIntervalMs) };
}
