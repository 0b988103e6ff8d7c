import { z } from "zod";
import { LevelPct } from "#contract/channels.ts";
import { ChannelId, ModeId } from "#contract/ids.ts";
import { ModeKind } from "#contract/mode-kinds.ts";
import { ModeConfig } from "#contract/modes.ts";
import { type ModeRun, shifted } from "#domain/control/mode-run.ts";

const Mode = z.object({ id: ModeId, name: z.string(), kind: ModeKind });

/** A run as it outlives the program: what is left of each time, ms, at the instant it was kept. */
const KeptRun = z.object({
  savedAtMs: z.number(),
  run: z
    .object({
      mode: Mode.extend({ suppresses: ModeConfig.shape.suppresses }),
      by: z.string(),
      startedAtMs: z.number(),
      endsAtMs: z.number(),
      holds: z.array(z.object({ channelId: ChannelId, levelPct: LevelPct, letGoAtMs: z.number(), mode: Mode })),
    })
    .nullable(),
});

export interface Kept {
  /** Wall, epoch ms. */
  readonly savedAtMs: number;
  /** Its times count from the moment it was kept. */
  readonly run: ModeRun | null;
}

export function keptFrom(
  run: ModeRun | null,
  at: { readonly wallMs: number; readonly monotonicMs: number },
): Kept {
  return { savedAtMs: at.wallMs, run: run === null ? null : shifted(run, -at.monotonicMs) };
}

/** @returns null where nothing was kept, or nothing this program can read */
export function keptIn(body: unknown): Kept | null {
  return KeptRun.safeParse(body).data ?? null;
}
