import type { LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";

/** Runs the loops. Their configuration is settings/'s; saving one never blips its output. */
export interface ControlService {
  /** The whole set from now on: new ones start, changed ones go on bumpless, gone ones let go of their outputs. */
  configure(loops: readonly LoopConfig[]): void;
  stateOf(loopId: LoopId): LoopState;
}
