import { useEffect, useRef, useState } from "react";
import { tankNowMs } from "../../charts/tank-now.ts";
import { whenFree } from "./when-free.ts";

/** What was asked, and what came of it. */
export interface Answered<Q, A> {
  readonly question: Q;
  readonly answer: A;
  /** Another one with every answer. */
  readonly turn: number;
}

export interface Preview<Q, A> {
  readonly answered: Answered<Q, A> | null;
  /** Since when it is being worked out; null: nothing is. */
  readonly sinceMs: number | null;
  /** Settles too when it is cancelled. @throws whatever `ask` throws */
  run(question: Q, ask: (signal: AbortSignal) => Promise<A>): Promise<void>;
  cancel(): void;
}

/** One question about the past at a time; leaving the page drops it. */
export function usePreview<Q, A>(): Preview<Q, A> {
  const [answered, setAnswered] = useState<Answered<Q, A> | null>(null);
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  return {
    answered,
    sinceMs,
    cancel: () => running.current?.abort(),
    run: async (question, ask) => {
      const control = new AbortController();
      const { signal } = control;
      running.current = control;
      setSinceMs(tankNowMs());
      try {
        const answer = await Promise.race([whenFree(() => ask(signal), { signal }), abortionOf(signal)]);
        setAnswered((before) => ({ question, answer, turn: (before?.turn ?? 0) + 1 }));
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        setSinceMs(null);
      }
    },
  };
}

/** Nobody waits any longer, whatever the core still does. */
function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
