import { useEffect, useState } from "react";
import type { Problem } from "../../api/problem.ts";
import { core } from "../../stores/core.ts";
import { useOutput } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { type PumpRun, stepped } from "./pump-run.ts";

interface PumpRunner {
  readonly run: PumpRun;
  readonly isBusy: boolean;
  /** Why the last try was refused; null: it was not. */
  readonly problem: Problem | null;
  /** Lets it run for so long, s. */
  start(forS: number): void;
  /** Ends the run now; what came counts. */
  stop(): void;
}

const FULL_PCT = 100;

/** A pump on a run whose length is known, as its output tells it. */
export function usePumpRun(channelId: string): PumpRunner {
  const act = useAct();
  const output = useOutput(channelId);
  const [run, setRun] = useState<PumpRun>({ stage: "idle" });
  useEffect(() => {
    if (output !== undefined) setRun((was) => stepped(was, output));
  }, [output]);

  const begin = async (forS: number): Promise<void> => {
    setRun({ stage: "asked", forS });
    const isTaken = await act.run(() =>
      core.api.outputs.override.mutate({ channelId, level: FULL_PCT, durationS: Math.round(forS) }),
    );
    if (!isTaken) setRun({ stage: "idle" });
  };
  return {
    run,
    isBusy: run.stage === "asked" || run.stage === "running",
    problem: act.problem,
    start: (forS) => void begin(forS),
    stop: () => {
      void act.run(() => core.api.outputs.clearOverride.mutate({ channelId }));
      setRun((was) => (was.stage === "asked" ? { stage: "idle" } : was));
    },
  };
}
