import { useCallback, useEffect, useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { useConnection } from "../../stores/connection.ts";

export interface Answer<T> {
  /** null: none yet. */
  readonly value: T | null;
  readonly problem: Problem | null;
  retry(): void;
}

/**
 * Asks the core once it is there, and again with every new connection.
 * @param ask stable between renders
 * @param everyMs asks again after so long; left out: only once
 */
export function useAnswer<T>(ask: () => Promise<T>, everyMs?: number): Answer<T> {
  const isOnline = useConnection((c) => c.state === "online");
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (!isOnline) return;
    let isOver = false;
    const run = async (): Promise<void> => {
      try {
        const next = await ask();
        if (isOver) return;
        setValue(next);
        setProblem(null);
      } catch (error) {
        if (!isOver) setProblem(problemOf(error));
      }
    };
    void run();
    const timer = everyMs === undefined ? null : window.setInterval(() => void run(), everyMs);
    return () => {
      isOver = true;
      if (timer !== null) clearInterval(timer);
    };
  }, [ask, everyMs, isOnline, attempt]);

  return { value, problem, retry: useCallback(() => setAttempt((was) => was + 1), []) };
}
