import { z } from "zod";
import { LevelPct } from "./channels.ts";
import { ChannelId, ModeId } from "./ids.ts";
import { ModeKind } from "./mode-kinds.ts";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";
import { Instant } from "./time.ts";

/** What a mode does with one output while it is on, and how long after its end the output stays so: the staged return. */
export const ModeOutput = z.strictObject({
  channelId: ChannelId,
  level: LevelPct,
  /** s after the mode's end: the return pump first (0), heater and top-off 60, skimmer 600. */
  returnsAfterS: z.number().min(0).max(3_600).default(0),
});
export type ModeOutput = z.infer<typeof ModeOutput>;

const ModeFields = {
  name: Name,
  kind: ModeKind,
  /** Every mode ends, s. */
  durationS: z.int().min(10).max(2_592_000),
  outputs: z.array(ModeOutput).max(64),
  /** Kinds of alarms it keeps quiet while it is on: never high-high temperature or leak. */
  suppresses: z
    .array(z.enum(["low", "high", "rate", "deviation", "digital"]))
    .max(8)
    .default([]),
};

export const ModeCreate = z.strictObject(ModeFields);
export type ModeCreate = z.infer<typeof ModeCreate>;
export const ModePatch = patchOf(ModeFields);
export type ModePatch = z.infer<typeof ModePatch>;
export const ModeConfig = z.strictObject({ id: ModeId, ...ModeFields });
export type ModeConfig = z.infer<typeof ModeConfig>;

/** The mode that is on, or whose outputs are on their way back. */
export const ActiveMode = z.strictObject({
  modeId: ModeId,
  name: Name,
  kind: ModeKind,
  stage: z.enum(["on", "returning"]),
  startedAt: Instant,
  /** When it ends by itself; while returning, when the last output is back. */
  endsAt: Instant,
  by: z.string(),
  /** The outputs it holds now, and when each is let go. */
  held: z.array(z.strictObject({ channelId: ChannelId, level: LevelPct, until: Instant })),
});
export type ActiveMode = z.infer<typeof ActiveMode>;

/** `active` is null where no mode is on and no output on its way back. */
export const ActiveModeState = z.strictObject({ active: ActiveMode.nullable() });
export type ActiveModeState = z.infer<typeof ActiveModeState>;

/** What `modes.live` tells: a mode as it is defined, that there is none with this id any more, or what is on now. */
export const ModeChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mode"), mode: ModeConfig }),
  z.strictObject({ kind: z.literal("removed"), id: ModeId }),
  z.strictObject({ kind: z.literal("active"), active: ActiveMode.nullable() }),
]);
export type ModeChange = z.infer<typeof ModeChange>;

/** A start may be shorter or longer than the mode's own time. */
export const ModeStart = z.strictObject({ durationS: ModeFields.durationS.optional() });
export type ModeStart = z.infer<typeof ModeStart>;
