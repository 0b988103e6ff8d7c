import type { Loop } from "#contract/loops.ts";

/** Outputs that a loop drives by this sensor: what explains its curve. */
export function outputsTiedTo(sensorChannelId: string, loops: Iterable<Loop>): readonly string[] {
  const tied = new Set<string>();
  for (const loop of loops) {
    if (loop.sensorChannelId !== sensorChannelId && loop.secondSensorChannelId !== sensorChannelId) continue;
    for (const id of [loop.heaterChannelId, loop.chillerChannelId]) if (id !== null) tied.add(id);
  }
  return [...tied];
}
