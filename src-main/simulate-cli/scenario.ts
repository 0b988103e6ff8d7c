import type { TankTruth } from "../hardware/simulated/simulated-tank.ts";
import type { Moment } from "./moments.ts";
import type { Stage } from "./stage.ts";

/** What a scenario says it cannot prevent: the rest of the lethal limits hold all the same. */
export interface Bounds {
  readonly overflowL?: number;
  /** The return stands still by the fault itself. */
  readonly isReturnGone?: boolean;
}

/** What is seen of a run while it goes on and at its end, for a scenario's own demands. */
export interface RunFacts {
  readonly truth: TankTruth;
  /** Runs of each plug since the fault struck. */
  readonly starts: ReadonlyMap<string, number>;
  readonly days: number;
}

export interface Scenario {
  /** Kebab-case, as `--faults` takes it. */
  readonly fault: string;
  readonly moments: readonly Moment[];
  /** What happens from the moment on; returns when nothing more of its own happens. */
  readonly strike: (stage: Stage) => Promise<void>;
  /** Within this a person must have been told, s; null: nothing that needs a person. */
  readonly alarmWithinS: number | null;
  /** Channels whose alarms tell of it; left out: any. */
  readonly about?: readonly string[];
  /** True once everything that the fault endangers is in its safe state; left out: nothing must be switched. */
  readonly isSafe?: (truth: TankTruth, stage: Stage) => boolean;
  readonly bounds?: Bounds;
  /** What else must be true at its end: a sentence for everything that is not. */
  readonly demands?: (facts: RunFacts) => readonly string[];
  /** The instant it begins; left out: a winter's day at the moment's hour. */
  readonly startMs?: number;
  /** Said in the row. */
  readonly note?: string;
}
