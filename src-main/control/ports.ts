import type { LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { Cancel } from "../platform/ports.ts";

/** Durable and local: written without Postgres, one document by name. It may take long or fail; control never waits for it to switch anything off. */
export interface ControlMemory {
  /** null: nothing was kept under this name. */
  load(name: string): Promise<unknown>;
  /** @param body what JSON can hold */
  save(name: string, body: unknown): Promise<void>;
}

/** Runs the loops. Their configuration is settings/'s; saving one never blips its output. */
export interface ControlService {
  /** The whole set from now on: new ones start, changed ones go on bumpless, gone ones let go of their outputs. */
  configure(loops: readonly LoopConfig[]): void;
  stateOf(loopId: LoopId): LoopState;
  /** The container a loop doses from is full again. @throws ReefFault not-found, conflict: it has none */
  refill(loopId: LoopId): Promise<void>;
  /** What a loop does changed, or why: told after the decision was carried out. */
  onStateChange(listener: (loopId: LoopId) => void): Cancel;
}
