import { setImmediate as nextTurn } from "node:timers/promises";
import type { RecordingColumns } from "./recording.ts";

/** Columns with room behind their last sample. */
export type DraftColumns = RecordingColumns;

const STEPS_A_TURN = 100_000;

/**
 * The first `length` samples in time order (a stable merge of their ascending runs: a recording is in order, or one
 * block a channel, or goes back once a year), the first of each channel's duplicates alone.
 */
export async function inTimeOrder(
  draft: DraftColumns,
  length: number,
  channelCount: number,
): Promise<{ readonly columns: RecordingColumns; readonly duplicateCount: number }> {
  const order = await merged(draft.atMs, length);
  const columns = {
    atMs: new Float64Array(length),
    channelOf: new Uint16Array(length),
    value: new Float64Array(length),
  };
  const lastAtMs = new Float64Array(channelCount).fill(Number.NaN);
  let kept = 0;
  for (let i = 0; i < length; i++) {
    const from = order?.[i] ?? i;
    const atMs = draft.atMs[from] ?? 0;
    const channel = draft.channelOf[from] ?? 0;
    if (lastAtMs[channel] === atMs) continue;
    lastAtMs[channel] = atMs;
    columns.atMs[kept] = atMs;
    columns.channelOf[kept] = channel;
    columns.value[kept++] = draft.value[from] ?? 0;
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) await nextTurn();
  }
  const { atMs, channelOf, value } = columns;
  const trimmed = {
    atMs: atMs.subarray(0, kept),
    channelOf: channelOf.subarray(0, kept),
    value: value.subarray(0, kept),
  };
  return { columns: trimmed, duplicateCount: length - kept };
}

/** @returns the samples' indices in time order; null where they are in order already */
async function merged(atMs: Float64Array, length: number): Promise<Uint32Array | null> {
  let starts = runStarts(atMs, length);
  if (starts.length === 1) return null;
  let order = new Uint32Array(length).map((_, i) => i);
  let target = new Uint32Array(length);
  let steps = 0;
  while (starts.length > 1) {
    const nextStarts: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const from = starts[run] ?? 0;
      const middle = starts[run + 1] ?? length;
      const to = starts[run + 2] ?? length;
      mergeRuns({ atMs, order, target }, { from, middle, to });
      nextStarts.push(from);
      steps += to - from;
      if (steps < STEPS_A_TURN) continue;
      steps = 0;
      await nextTurn();
    }
    [order, target] = [target, order];
    starts = nextStarts;
  }
  return order;
}

function runStarts(atMs: Float64Array, length: number): number[] {
  const starts = [0];
  for (let i = 1; i < length; i++) if ((atMs[i] ?? 0) < (atMs[i - 1] ?? 0)) starts.push(i);
  return starts;
}

function mergeRuns(
  {
    atMs,
    order,
    target,
  }: { readonly atMs: Float64Array; readonly order: Uint32Array; readonly target: Uint32Array },
  { from, middle, to }: { readonly from: number; readonly middle: number; readonly to: number },
): void {
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const leftIndex = order[left] ?? 0;
    const rightIndex = order[right] ?? 0;
    const isLeft = left < middle && (right >= to || (atMs[leftIndex] ?? 0) <= (atMs[rightIndex] ?? 0));
    target[i] = isLeft ? leftIndex : rightIndex;
    if (isLeft) left++;
    else right++;
  }
}
