import { create } from "zustand";
import { useConnection } from "./connection.ts";

const TICK_MS = 1_000;

/** This page's clock, epoch ms, once a second: ages are told with it. */
const useTick = create<{ nowMs: number }>(() => ({ nowMs: Date.now() }));

export function startClock(): void {
  setInterval(() => useTick.setState({ nowMs: Date.now() }), TICK_MS);
}

/** The tank's clock, epoch ms, as this page knows it; changes once a second. */
export function useTankNowMs(): number {
  const offsetMs = useConnection((c) => c.clockOffsetMs);
  return useTick((t) => t.nowMs) + offsetMs;
}
