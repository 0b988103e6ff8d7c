import type { Loop } from "#contract/loops.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";

/** Outputs that a loop drives by this sensor: what explains its curve. */
export function outputsTiedTo(sensorChannelId: string, loops: Iterable<Loop>): readonly string[] {
  const tied = new Set<string>();
  for (const loop of loops) {
    if (!inputsOf(loop).some((id) => id === sensorChannelId)) continue;
    for (const id of outputsOf(loop)) tied.add(id);
  }
  return [...tied];
}
