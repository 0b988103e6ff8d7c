/** Takes back what was asked for; calling it again does nothing. */
export type Cancel = () => void;

/**
 * The only source of time. Durations and deadlines are on the monotonic scale; instants that people see are on the
 * wall's, which may step.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. May jump. */
  nowMs(): number;
  /** Milliseconds since some fixed moment; never jumps, never runs backwards. */
  monotonicMs(): number;
  /** Calls `run` once, never before `atMonotonicMs`. What `run` throws is a bug and ends the process. */
  at(atMonotonicMs: number, run: () => void): Cancel;
}

type Fields = Readonly<Record<string, unknown>>;

/** Structured: ids and numbers in the fields, one plain sentence as the message. Secrets are masked by name. */
export interface Logger {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

export interface Stoppable {
  stop(): Promise<void>;
}
