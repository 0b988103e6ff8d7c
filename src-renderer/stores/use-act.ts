import { useState } from "react";
import { type Problem, problemOf } from "../api/problem.ts";

interface Act {
  readonly isPending: boolean;
  /** Why the last try was refused; null: it was not. */
  readonly problem: Problem | null;
  /** @returns whether it worked */
  run(act: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

/** Something that is asked of the core by a press: one at a time, and never swallowed. */
export function useAct(): Act {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    isPending,
    problem,
    clear: () => setProblem(null),
    run: async (act) => {
      setPending(true);
      setProblem(null);
      try {
        await act();
        return true;
      } catch (error) {
        setProblem(problemOf(error));
        return false;
      } finally {
        setPending(false);
      }
    },
  };
}
