import type { ChannelId } from "#contract/ids.ts";
import type { ModeConfig } from "#contract/modes.ts";

/** One output a mode holds. Times are on the monotonic scale, ms. */
export interface ModeHold {
  readonly channelId: ChannelId;
  readonly levelPct: number;
  readonly letGoAtMs: number;
  /** The mode that took it: one that was replaced still brings back what its successor does not hold. */
  readonly mode: Pick<ModeConfig, "id" | "name" | "kind">;
}

/** The mode that is on, or over while its outputs are on their way back. Times are on the monotonic scale, ms. */
export interface ModeRun {
  readonly mode: Pick<ModeConfig, "id" | "name" | "kind" | "suppresses">;
  readonly by: string;
  /** Wall, epoch ms. */
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  readonly holds: readonly ModeHold[];
}

interface Start {
  readonly mode: ModeConfig;
  readonly by: string;
  readonly durationS: number;
  readonly wallMs: number;
  readonly atMs: number;
}

/** A mode begins in place of the one before, whose other outputs come back as after its end. */
export function begun({ mode, by, durationS, wallMs, atMs }: Start, before: ModeRun | null): ModeRun {
  const { id, name, kind, suppresses } = mode;
  const endsAtMs = atMs + durationS * 1_000;
  const holds = mode.outputs.map(
    ({ channelId, level, returnsAfterS }): ModeHold => ({
      channelId,
      levelPct: level,
      letGoAtMs: endsAtMs + returnsAfterS * 1_000,
      mode: { id, name, kind },
    }),
  );
  const taken = new Set(holds.map(({ channelId }) => channelId));
  const carried = before === null ? [] : ended(before, atMs).holds.filter((h) => !taken.has(h.channelId));
  return {
    mode: { id, name, kind, suppresses },
    by,
    startedAtMs: wallMs,
    endsAtMs,
    holds: [...holds, ...carried],
  };
}

/** Over at `atMs`: the staged return begins then. One that is over already lets everything go. */
export function ended(run: ModeRun, atMs: number): ModeRun {
  const isOver = run.endsAtMs <= atMs;
  const earlierMs = run.endsAtMs - atMs;
  const holds = run.holds.map((hold) => {
    if (isOver) return { ...hold, letGoAtMs: Math.min(hold.letGoAtMs, atMs) };
    return hold.mode.id === run.mode.id ? { ...hold, letGoAtMs: hold.letGoAtMs - earlierMs } : hold;
  });
  return { ...run, endsAtMs: Math.min(run.endsAtMs, atMs), holds };
}

/** What is left of it at `atMs`; null: it is over, and every output is let go. */
export function runAt(run: ModeRun, atMs: number): ModeRun | null {
  const holds = run.holds.filter(({ letGoAtMs }) => letGoAtMs > atMs);
  if (holds.length === 0 && run.endsAtMs <= atMs) return null;
  return holds.length === run.holds.length ? run : { ...run, holds };
}

/** The same run with every time moved: by the time that passed unseen, ms. */
export function shifted(run: ModeRun, byMs: number): ModeRun {
  return {
    ...run,
    endsAtMs: run.endsAtMs + byMs,
    holds: run.holds.map((hold) => ({ ...hold, letGoAtMs: hold.letGoAtMs + byMs })),
  };
}
