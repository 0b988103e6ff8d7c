import { performance } from "node:perf_hooks";
import type { Cancel, Clock } from "./ports.ts";

/** setTimeout's largest delay; longer waits go in steps. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clock. Node's timers fire up to 1.75 ms early (docs/runtime facts), so an early call waits again. */
export class RealClock implements Clock {
  nowMs(): number {
    return Date.now();
  }

  monotonicMs(): number {
    return performance.now();
  }

  at(atMonotonicMs: number, run: () => void): Cancel {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const leftMs = atMonotonicMs - performance.now();
      if (leftMs <= 0) run();
      else timer = setTimeout(wait, Math.min(Math.ceil(leftMs), MAX_TIMEOUT_MS));
    };
    timer = setTimeout(wait, Math.min(Math.max(0, Math.floor(atMonotonicMs - performance.now())), MAX_TIMEOUT_MS));
    return () => clearTimeout(timer);
  }
}
