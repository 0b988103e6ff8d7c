import type { Output } from "#contract/outputs.ts";

/** How far the run of a pump into a measuring cylinder has come. */
export type PumpRun =
  | { readonly stage: "idle" }
  /** Asked for, and not confirmed on yet. */
  | { readonly stage: "asked"; readonly forS: number }
  | { readonly stage: "running"; readonly forS: number; readonly startedAtMs: number }
  | { readonly stage: "done"; readonly ranS: number };

const MS_PER_S = 1_000;
/** What confirming may take: a run is never thought longer than asked by more. */
const SLACK_S = 5;

type Seen = Pick<Output, "actual" | "since">;

/** What an output says now takes the run a step further. */
export function stepped(run: PumpRun, { actual, since }: Seen): PumpRun {
  const isOn = actual !== null && actual > 0;
  const sinceMs = Date.parse(since);
  if (run.stage === "asked") {
    return isOn ? { stage: "running", forS: run.forS, startedAtMs: sinceMs } : run;
  }
  if (run.stage !== "running" || isOn || actual === null) return run;
  const ranS = (sinceMs - run.startedAtMs) / MS_PER_S;
  const isSound = ranS > 0 && ranS <= run.forS + SLACK_S;
  return { stage: "done", ranS: isSound ? ranS : run.forS };
}

/** mL/s, as finely as a cylinder tells it; null: nothing was measured. */
export function flowFrom(measuredMl: number, ranS: number): number | null {
  if (!(measuredMl > 0 && ranS > 0)) return null;
  return Number((measuredMl / ranS).toPrecision(4));
}
