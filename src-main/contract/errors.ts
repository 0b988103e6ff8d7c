/**
 * Every failure the core expects. The code is the contract; docs/errors.md lists them from here.
 * bus-timeout: a device or bus did not answer in time · bus-io: it answered with an error · checksum: what it said was
 * garbled · implausible: it said what cannot be · device-unreachable: it cannot be spoken to now · unsupported: this
 * machine lacks what the driver needs · invalid: the request does not fit its schema or its rules · unauthenticated,
 * forbidden: who asks is unknown, or may not · not-found · conflict: what is there stands against it · interlocked: a
 * protection refuses · emergency-stopped: nothing moves until an operator releases it · too-many-requests ·
 * payload-too-large · unsupported-media-type · database-away: Postgres does not answer · database-newer: the database
 * was made by a newer program · store-wrong-key, store-corrupt, store-full, store-unavailable: the local store ·
 * already-running: another core owns this data directory or this machine's hardware · bad-setting: a setting does not
 * hold · stopping: the program is going down · internal: a bug of ours.
 */
export const FAULT_CODES = [
  "bus-timeout",
  "bus-io",
  "checksum",
  "implausible",
  "device-unreachable",
  "unsupported",
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "interlocked",
  "emergency-stopped",
  "too-many-requests",
  "payload-too-large",
  "unsupported-media-type",
  "database-away",
  "database-newer",
  "store-wrong-key",
  "store-corrupt",
  "store-full",
  "store-unavailable",
  "already-running",
  "bad-setting",
  "stopping",
  "internal",
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];
type FaultContext = Readonly<Record<string, string | number>>;

/** One offending field: its dotted path and what it must be. */
export interface FaultDetail {
  readonly field: string;
  readonly message: string;
}

interface FaultOptions {
  readonly context?: FaultContext;
  readonly details?: readonly FaultDetail[];
  readonly cause?: unknown;
}

/** A failure the core expects. `code` is the contract; `message` is one sentence for people: the cause and the way out. */
export class ReefFault extends Error {
  override readonly name = "ReefFault";
  readonly code: FaultCode;
  /** Ids and numbers needed to act on the fault; never secrets, never whole objects. */
  readonly context: FaultContext;
  readonly details: readonly FaultDetail[];

  constructor(code: FaultCode, message: string, options: FaultOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.context = options.context ?? {};
    this.details = options.details ?? [];
  }
}

const TRANSIENT: ReadonlySet<FaultCode> = new Set([
  "bus-timeout",
  "bus-io",
  "checksum",
  "device-unreachable",
  "database-away",
]);

/** True where the next try may succeed by itself; every other fault needs a person. */
export function isTransient(error: unknown): error is ReefFault {
  return error instanceof ReefFault && TRANSIENT.has(error.code);
}

/** The words of whatever was thrown, for a person or a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
