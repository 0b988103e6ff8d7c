import type { Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import type { OutputRun } from "./ports.ts";

/** A supervisor brings the program back within 10 s, a slow machine within a minute. */
const RESTARTS_WITHIN_MS = 60_000;

const OPEN_RUN = {
  code: "max-on",
  text: "Off: the program ended while it was on, so its run counts as spent; check the tank, then reset it.",
};

/** Nobody can say whether a run was open when the program ended. */
export const UNKNOWN = {
  latched: true,
  code: "state-unknown",
  text: "Off: what it did before the restart cannot be read; check the tank, then reset it.",
};

/** Why that cannot be reset yet. */
export const UNREAD = "the local store still does not say what it did before; wait for it, or look at its disk.";

type Fault = Output["faults"][number];

/** What a run that was open when the program ended means afterwards: a latch. */
export function latchOf(run: OutputRun): Fault {
  return { ...OPEN_RUN, since: instantFrom(run.startAtMs), latched: true };
}

/**
 * Whether a dose that was cut off by a crash needs a person. Its planned amount counts as given and its rest is
 * skipped; only where nobody can say that the pump stopped soon after its time, it may have given far more.
 * @param nowMs the wall's; null: it cannot be trusted
 */
export function isDoseDoubtful(run: OutputRun, nowMs: number | null): boolean {
  if (nowMs === null || run.deadlineAtMs === null || nowMs < run.startAtMs) return true;
  return nowMs > run.deadlineAtMs + RESTARTS_WITHIN_MS;
}
