import type { ReefFault } from "#contract/errors.ts";
import type { ApiServices } from "../api/context.ts";
import type { DriverDefinition } from "../hardware/ports.ts";
import type { KeySeal } from "../local-store/key-seal.ts";
import type { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import type { Settings } from "../settings/environment.ts";

/** Files the core runs from: each host knows where its own are. */
export interface ProgramFiles {
  readonly localStoreWorker: URL;
  readonly fileBusChild: URL;
  readonly whatIfWorker: URL;
  readonly migrationsDir: string;
  readonly rendererDir: string;
  readonly docsUiDir: string;
}

export interface CoreParts {
  readonly settings: Settings;
  readonly files: ProgramFiles;
  readonly drivers: readonly DriverDefinition[];
  readonly version: string;
  readonly clock: Clock;
  readonly log: JsonLogger;
  /** Locks the local store's key where the platform has a keychain; null or left out: a file for its owner alone. */
  readonly keySeal?: KeySeal | null;
  /** The port the API was to have and could not, because another program has it; null or left out: it has its own. */
  readonly takenPort?: number | null;
  /** Aborts where the program is told to stop while it is still starting. */
  readonly stopping: AbortSignal;
  /** Something only a person can mend came up while running: the host stops, with this as its reason. */
  readonly onFatal: (fault: ReefFault) => void;
}

export interface Core {
  /** Where the API listens. */
  readonly url: string;
  readonly services: ApiServices;
  /** Outputs to their safe state first; then everything else, in reverse. @param ending left out: it was asked to */
  stop(ending?: "crash"): Promise<void>;
}
