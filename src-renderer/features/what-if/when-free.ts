import { problemOf } from "../../api/problem.ts";

const PAUSE_S = 1;
/** The core gives up on a preview after two minutes: then it is free, or something else is wrong. */
const MOST_TRIES = 130;

type Wait = (ms: number) => Promise<void>;

/**
 * Asks again while the core works out another preview, one at a time as it does.
 * @throws whatever `ask` throws otherwise
 */
export async function whenFree<T>(
  ask: () => Promise<T>,
  { signal, wait = waitFor }: { readonly signal: AbortSignal; readonly wait?: Wait },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const { code, retryAfterS } = problemOf(error);
      if (code !== "too-many-requests" || tries >= MOST_TRIES || signal.aborted) throw error;
      await wait((retryAfterS ?? PAUSE_S) * 1_000);
      signal.throwIfAborted();
    }
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
