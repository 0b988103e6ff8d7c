import type { Limits } from "#contract/channels.ts";
import type { ChannelKind } from "#contract/quantities.ts";

/** What levels an output can take. */
export interface LevelRange {
  readonly kind: ChannelKind;
  /** A dimmer's range, %; null: 0 to 100. */
  readonly limits: Limits | null;
}

/** How far a dimmer's own word may lie from what it was told, %: the coarsest are 8 bit. */
const DIMMER_TOLERANCE_PCT = 1;

/**
 * The level an output really takes for a wish: a switch is off or on (from half up), a dimmer stays inside its limits,
 * and 0 is always off. What is no number is off.
 * @param levelPct the wish, % @returns %
 */
export function allowedLevelPct(range: LevelRange, levelPct: number): number {
  if (!(levelPct > 0)) return 0;
  if (range.kind !== "dimmer") return levelPct >= 50 ? 100 : 0;
  const min = Math.max(0, range.limits?.min ?? 0);
  const max = Math.min(100, range.limits?.max ?? 100);
  return Math.min(max, Math.max(min, levelPct));
}

/** True where what a device says, %, is what it was told, %. Off means exactly off. */
export function isSameLevel(range: LevelRange, wantedPct: number, actualPct: number): boolean {
  if (wantedPct === 0 || actualPct === 0) return wantedPct === actualPct;
  return range.kind !== "dimmer" || Math.abs(wantedPct - actualPct) <= DIMMER_TOLERANCE_PCT;
}
