import type { Clock } from "../platform/ports.ts";
import { type LimitedCall, limitedCall } from "../platform/timing.ts";

/** The longest one call to a device may take, ms. */
const CALL_LIMIT_MS = 2_000;

export interface DriveDeps {
  readonly clock: Clock;
  readonly listener: DriveListener;
}

/** What a device's answers mean to its output. Called after the command that an answer calls for was issued. */
export interface DriveListener {
  onConfirmed(levelPct: number): void;
  /** A device that cannot say what it does took what it was told. */
  onTaken(): void;
  /** Once for each command that is not confirmed in time. */
  onUnconfirmed(levelPct: number, cause: string): void;
  /** It was as told, and then was not. @returns true where it is left so; else it is told again */
  respects(foundPct: number): boolean;
  /** It was as told, and then was not; it has been told again. */
  onTakenBack(levelPct: number, foundPct: number): void;
  /** What the device says, or how far that can be believed, changed. */
  onAnswer(): void;
  /** Whether an on may be told again now; where not, it has its turn later, and is called then. */
  mayGoOn(): boolean;
  /** It did not take what it was told. */
  onRefused(): void;
  /** What an on is told with: it drops by itself after so long, s; null: it stays. */
  leaseS(): number | null;
}

/** One command under way. */
export interface Call {
  readonly levelPct: number;
  giveUp(): void;
}

/** A level a device can mean; anything else it says is no answer. */
export function believable(levelPct: number | null): number | null {
  return levelPct !== null && levelPct >= 0 && levelPct <= 100 ? levelPct : null;
}

/** One call to a device, given up after 2 s. @param what named in the fault of one that does not end */
export function limited<T>(clock: Clock, what: string, work: (signal: AbortSignal) => Promise<T>): LimitedCall<T> {
  return limitedCall(clock, { limitMs: CALL_LIMIT_MS, what }, work);
}
