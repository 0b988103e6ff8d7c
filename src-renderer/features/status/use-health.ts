import { useEffect, useState } from "react";
import { Health } from "#contract/system.ts";

/** interface.md: /health tells the truth within 10 s of a change; half of that keeps the page within it too. */
const POLL_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;
const CLOCK_TICK_MS = 1_000;

export interface HealthView {
  /** The newest answer, kept while the core is silent so that its age can be told. */
  readonly last: { readonly health: Health; readonly receivedAtMs: number } | null;
  /** Why there is no newer answer, in words; null while the core answers. */
  readonly silence: string | null;
  readonly nowMs: number;
}

/** Asks the core how it is, every 5 s, for as long as the component is mounted. */
export function useHealth(): HealthView {
  const [view, setView] = useState<HealthView>(() => ({ last: null, silence: null, nowMs: Date.now() }));

  useEffect(() => {
    const unmounted = new AbortController();
    const ask = async (): Promise<void> => {
      const answer = await readHealth(unmounted.signal);
      if (unmounted.signal.aborted) return;
      setView(({ last }) => {
        const nowMs = Date.now();
        return typeof answer === "string"
          ? { last, silence: answer, nowMs }
          : { last: { health: answer, receivedAtMs: nowMs }, silence: null, nowMs };
      });
    };
    void ask();
    const poll = setInterval(() => void ask(), POLL_MS);
    const tick = setInterval(() => setView((view) => ({ ...view, nowMs: Date.now() })), CLOCK_TICK_MS);
    return () => {
      unmounted.abort();
      clearInterval(poll);
      clearInterval(tick);
    };
  }, []);

  return view;
}

/** @returns the answer, or a sentence that says why there is none */
async function readHealth(unmounted: AbortSignal): Promise<Health | string> {
  try {
    const signal = AbortSignal.any([unmounted, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch("/health", { cache: "no-store", signal });
    // 503 carries the same body: the core answers, and says that it is failing.
    const parsed = Health.safeParse(await response.json().catch(() => null));
    if (parsed.success) return parsed.data;
    return `What answers at this address is not a core of this version (HTTP ${response.status}).`;
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    return isTimeout
      ? `It did not answer within ${ANSWER_WITHIN_MS / 1_000} seconds.`
      : "The connection to it failed. It may be stopped, or the network between may be down.";
  }
}
