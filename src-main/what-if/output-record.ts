import type { LevelStep, OutputRecord } from "#contract/what-if.ts";

/** How long an output was on, and how often it was switched on, by its steps. @param toMs where the last of them ends */
export function outputRecord(steps: readonly LevelStep[], toMs: number): OutputRecord {
  let onMs = 0;
  let starts = 0;
  let wasOn = false;
  for (const [index, { at, level }] of steps.entries()) {
    const following = steps[index + 1];
    const endMs = following === undefined ? toMs : Date.parse(following.at);
    const isOn = (level ?? 0) > 0;
    if (isOn) onMs += Math.max(0, endMs - Date.parse(at));
    if (isOn && !wasOn && index > 0) starts += 1;
    wasOn = isOn;
  }
  return { steps: [...steps], onS: onMs / 1_000, starts };
}
