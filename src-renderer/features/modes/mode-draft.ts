import type { Channel } from "#contract/channels.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type { ModeConfig, ModeCreate } from "#contract/modes.ts";
import type { Role } from "#contract/quantities.ts";
import type { Draft } from "../control/form/draft.ts";
import type { DraftProblem } from "../control/form/draft-problems.ts";

export type ModeDraft = Draft<ModeCreate>;
export type ModeOutputDraft = ModeDraft["outputs"][number];

const FIRST_DURATION_S: Readonly<Record<ModeKind, number>> = {
  feed: 900,
  maintenance: 3_600,
  "water-change": 3_600,
  vacation: 604_800,
  emergency: 3_600,
};

/** What each kind holds off, and how long after its end it stays so, s: the return first, then what needs its flow. */
const HELD: Readonly<Record<ModeKind, Readonly<Partial<Record<Role, number>>>>> = {
  feed: { "return-pump": 0, heater: 60, "top-off": 60, skimmer: 600 },
  maintenance: { "return-pump": 0, heater: 60, "top-off": 60, skimmer: 600 },
  "water-change": { "return-pump": 0, heater: 60, "top-off": 60, doser: 60, skimmer: 600 },
  vacation: {},
  emergency: {},
};

export function modeDraftOf({ id: _, ...draft }: ModeConfig): ModeDraft {
  return draft;
}

/** A mode of this kind as a keeper would begin it, with what the tank has. */
export function newModeDraft(kind: ModeKind, name: string, channels: readonly Channel[]): ModeDraft {
  const held = HELD[kind];
  const outputs = channels.flatMap((channel): ModeOutputDraft[] => {
    const returnsAfterS = channel.kind === "sensor" ? undefined : held[channel.role];
    return returnsAfterS === undefined ? [] : [{ channelId: channel.id, level: 0, returnsAfterS }];
  });
  return {
    name,
    kind,
    durationS: FIRST_DURATION_S[kind],
    outputs: outputs.toSorted((a, b) => a.returnsAfterS - b.returnsAfterS),
    suppresses: [],
  };
}

/** One mode holds an output once. */
export function modeChecks({ outputs }: ModeDraft): ReadonlyMap<string, DraftProblem> {
  const problems = new Map<string, DraftProblem>();
  for (const [at, { channelId }] of outputs.entries()) {
    const isSecond = channelId !== "" && outputs.findIndex((other) => other.channelId === channelId) < at;
    if (isSecond) problems.set(`outputs.${at}.channelId`, { kind: "rule", message: "each output once" });
  }
  return problems;
}

/** What comes back together, and how long after the mode's end, s; the soonest first. */
export function returnsOf(
  outputs: readonly ModeOutputDraft[],
): readonly { readonly afterS: number; readonly channelIds: readonly string[] }[] {
  const byDelay = Map.groupBy(
    outputs.filter(({ channelId, returnsAfterS }) => channelId !== "" && Number.isFinite(returnsAfterS)),
    ({ returnsAfterS }) => returnsAfterS,
  );
  return [...byDelay]
    .toSorted(([one], [other]) => one - other)
    .map(([afterS, group]) => ({ afterS, channelIds: group.map(({ channelId }) => channelId) }));
}
