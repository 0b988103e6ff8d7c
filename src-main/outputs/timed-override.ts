import type { OverrideRequest } from "#contract/outputs.ts";
import type { Claim } from "#domain/outputs/arbitrate.ts";
import { durationInWords, levelInWords } from "#domain/outputs/words.ts";
import type { Clock } from "../platform/ports.ts";
import type { Actor, PersistedOutput } from "./ports.ts";

/** The longest an override may last, ms: what the contract allows. */
const MAX_MS = 604_800_000;

/** A level set by hand, until it ends by itself. */
export interface TimedOverride {
  readonly levelPct: number;
  readonly by: Actor;
  readonly endsAtMonotonicMs: number;
}

export function overrideFrom(request: OverrideRequest, by: Actor, clock: Clock): TimedOverride {
  return { levelPct: request.level, by, endsAtMonotonicMs: clock.monotonicMs() + request.durationS * 1_000 };
}

/** An override of before a restart, which took so long; null: it ended meanwhile. */
export function restoredOverride(kept: PersistedOutput, downtimeMs: number, clock: Clock): TimedOverride | null {
  if (kept.override === null) return null;
  const { levelPct, untilMs, by } = kept.override;
  const savedAtMs = kept.savedAtMs ?? clock.nowMs() - downtimeMs;
  const leftMs = Math.min(MAX_MS, untilMs - savedAtMs - downtimeMs);
  return leftMs > 0 ? { levelPct, by, endsAtMonotonicMs: clock.monotonicMs() + leftMs } : null;
}

/** When it ends by the wall's clock as that stands now, epoch ms. */
export function endsAtMs(override: TimedOverride, clock: Clock): number {
  return clock.nowMs() + Math.max(0, override.endsAtMonotonicMs - clock.monotonicMs());
}

export function claimOf(override: TimedOverride, clock: Clock): Claim {
  const leftMs = override.endsAtMonotonicMs - clock.monotonicMs();
  const text = `${levelInWords(override.levelPct)} by hand (${override.by}) for another ${durationInWords(leftMs)}.`;
  const why = { code: "override", text, untilMs: endsAtMs(override, clock) };
  return { levelPct: override.levelPct, why, by: override.by, isUrgent: true };
}
