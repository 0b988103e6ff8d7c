import type { ModeKind } from "#contract/mode-kinds.ts";
import type { ActiveMode, ModeConfig } from "#contract/modes.ts";
import type { Cancel } from "../../platform/ports.ts";

export interface ModeStartRequest {
  /** Who starts it: a username, or a rule. */
  readonly by: string;
  /** Left out: the mode's own, s. */
  readonly durationS?: number | undefined;
}

/** Runs the one mode that is on. What modes there are is settings/'s. */
export interface ModeRuntime {
  /** The modes there are from now on. One that is on goes on as it was started. */
  configure(modes: readonly ModeConfig[]): void;
  /** null: none is on, and no output is on its way back. */
  active(): ActiveMode | null;
  /** The kinds of the modes that are on; one whose outputs are on their way back is over. */
  activeModeKinds(): readonly ModeKind[];
  /** The kinds of alarms to keep quiet: until the last output is back, since levels and temperatures settle by then. */
  suppressedKinds(): readonly string[];
  /**
   * Starts a mode in place of the one that is on. The outputs are asked for at once; the promise resolves when the
   * start is durable, or after 1 s.
   * @throws ReefFault not-found, at once
   */
  switchOn(modeId: string, request: ModeStartRequest): Promise<void>;
  /** Begins the staged return at once, or lets everything go where it has begun. @throws ReefFault conflict: none is on */
  switchOff(by: string): Promise<void>;
  /** It was started, stopped, ended by itself, or let go of an output. */
  onChange(listener: () => void): Cancel;
}
