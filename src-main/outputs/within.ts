import type { Clock } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";

/** Waits for `work`, but no longer than `limitMs`; what is not done by then goes on unwatched. `work` must not reject. */
export function within(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = after(clock, limitMs, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
