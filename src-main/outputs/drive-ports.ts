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
