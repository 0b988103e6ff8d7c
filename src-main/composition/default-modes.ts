import type { ChannelConfig } from "#contract/channels.ts";
import { ModeId } from "#contract/ids.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type { ModeConfig, ModeOutput } from "#contract/modes.ts";
import type { Role } from "#contract/quantities.ts";
import { newId } from "../platform/ids.ts";

const MIN_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** The return pump comes back first; what needs its flow a minute later, the skimmer when the foam has settled. */
const RETURNS_AFTER_S: Partial<Record<Role, number>> = { heater: 60, "top-off": 60, doser: 60, skimmer: 600 };

interface Draft {
  readonly name: string;
  readonly kind: ModeKind;
  readonly durationS: number;
  /** Roles it switches off. */
  readonly off: readonly Role[];
  readonly suppresses: ModeConfig["suppresses"];
}

const STILL_WATER: readonly Role[] = ["return-pump", "skimmer", "heater", "chiller", "top-off", "doser"];

const DRAFTS: readonly Draft[] = [
  {
    name: "Feed",
    kind: "feed",
    durationS: 15 * MIN_S,
    off: ["return-pump", "skimmer", "heater", "top-off"],
    suppresses: ["low"],
  },
  {
    name: "Maintenance",
    kind: "maintenance",
    durationS: 1 * HOUR_S,
    off: [...STILL_WATER, "circulation"],
    suppresses: ["low", "high", "rate"],
  },
  {
    name: "Water change",
    kind: "water-change",
    durationS: 1 * HOUR_S,
    off: STILL_WATER,
    suppresses: ["low", "high", "rate"],
  },
  { name: "Vacation", kind: "vacation", durationS: 14 * DAY_S, off: [], suppresses: [] },
  {
    name: "Emergency",
    kind: "emergency",
    durationS: 1 * DAY_S,
    off: ["top-off", "doser", "skimmer", "light", "uv", "feeder"],
    suppresses: [],
  },
];

/** The modes every tank begins with, by the roles of its outputs. */
export function defaultModes(channels: readonly ChannelConfig[], nowMs: number): readonly ModeConfig[] {
  return DRAFTS.map(({ off, ...mode }) => ({
    ...mode,
    id: ModeId.parse(newId(nowMs)),
    outputs: channels.filter((c) => c.kind !== "sensor" && off.includes(c.role)).map(switchedOff),
  }));
}

function switchedOff({ id, role }: ChannelConfig): ModeOutput {
  return { channelId: id, level: 0, returnsAfterS: RETURNS_AFTER_S[role] ?? 0 };
}
