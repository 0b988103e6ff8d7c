import { useEffect, useState } from "react";
import type { Calibration } from "#contract/channels.ts";
import { useTank } from "../../stores/tank.ts";
import { rawOf } from "./calibration-draft.ts";

export interface RawSample {
  readonly atMs: number;
  readonly raw: number;
}

const WINDOW_MS = 30_000;
/** So long must have been watched before a word is said about it. */
const JUDGE_AFTER_MS = 20_000;

/** What the device itself said in the last 30 s, oldest first: good readings only. */
export function useRawWindow(channelId: string, calibration: Calibration | null): readonly RawSample[] {
  const [samples, setSamples] = useState<readonly RawSample[]>([]);
  useEffect(() => {
    const take = (): void => {
      const reading = useTank.getState().readings.get(channelId);
      if (reading?.quality !== "good" || reading.value === null || reading.takenAt === null) {
        setSamples([]);
        return;
      }
      const raw = rawOf(reading.value, calibration);
      if (raw !== null) setSamples(withSample({ atMs: Date.parse(reading.takenAt), raw }));
    };
    setSamples([]);
    take();
    return useTank.subscribe((now, before) => {
      if (now.readings.get(channelId) !== before.readings.get(channelId)) take();
    });
  }, [channelId, calibration]);
  return samples;
}

function withSample(sample: RawSample): (was: readonly RawSample[]) => readonly RawSample[] {
  return (was) => [...was.filter(({ atMs }) => atMs > sample.atMs - WINDOW_MS && atMs < sample.atMs), sample];
}

export interface Steadiness {
  /** Half of what it moved over in the window. */
  readonly spread: number;
  readonly isSteady: boolean;
}

/** @param steadyWithin the spread that counts as steady @returns null: not watched long enough */
export function steadinessOf(samples: readonly RawSample[], steadyWithin: number): Steadiness | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs < JUDGE_AFTER_MS) return null;
  const raws = samples.map(({ raw }) => raw);
  const spread = (Math.max(...raws) - Math.min(...raws)) / 2;
  return { spread, isSteady: spread <= steadyWithin };
}
