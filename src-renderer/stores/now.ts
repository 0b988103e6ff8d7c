import { create } from "zustand";
import { useConnection } from "./connection.ts";

const TICK_MS = 1_000;

/** The tank's clock, epoch ms, as this page knows it, once a second: ages are told with it. */
export const useTick = create<{ nowMs: number }>(() => ({ nowMs: tankNowMs() }));

export function startClock(): void {
  const tick = () => useTick.setState({ nowMs: tankNowMs() });
  setInterval(tick, TICK_MS);
  useConnection.subscribe((now, before) => {
    if (now.clockOffsetMs !== before.clockOffsetMs) tick();
  });
}

/** The tank's clock, epoch ms, as this page knows it; changes once a second. */
export function useTankNowMs(): number {
  return useTick((t) => t.nowMs);
}

/** The same in steps: whoever needs it no finer is drawn anew no more often. */
export function useTankNowInSteps(stepMs: number): number {
  return useTick((t) => Math.floor(t.nowMs / stepMs) * stepMs);
}

function tankNowMs(): number {
  return Date.now() + useConnection.getState().clockOffsetMs;
}
