import type { AlarmMemory, Moment } from "./alarm-memory.ts";

/** How far the on-delay, or the off-delay, has run. */
export type Delay = Pick<AlarmMemory, "turningSinceMs" | "unknownSinceMs">;

/** An input that cannot be judged stops the delay, so that a probe that fails now and then rings all the same. */
export function heldDelay({ turningSinceMs, unknownSinceMs }: AlarmMemory, now: Moment): Delay {
  return { turningSinceMs, unknownSinceMs: turningSinceMs === null ? null : (unknownSinceMs ?? now.monotonicMs) };
}

/** It goes on where it was stopped: what nobody measured counts for neither side. */
export function runningDelay({ turningSinceMs, unknownSinceMs }: AlarmMemory, turns: boolean, now: Moment): Delay {
  const nowMs = now.monotonicMs;
  const beganAtMs = (turningSinceMs ?? nowMs) + (nowMs - (unknownSinceMs ?? nowMs));
  return { turningSinceMs: turns ? beganAtMs : null, unknownSinceMs: null };
}
