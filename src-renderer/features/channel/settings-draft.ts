import type { z } from "zod";
import { type Channel, ChannelPatch, type DeclaredState } from "#contract/channels.ts";
import type { Role } from "#contract/quantities.ts";
import { type DisplayUnit, fromShown, toShown } from "../../i18n/units.ts";

/** What the settings form holds while it is edited: numbers in the keeper's unit, NaN where a field is empty. */
export interface SettingsDraft {
  readonly name: string;
  readonly role: Role;
  readonly hasLimits: boolean;
  readonly minShown: number;
  readonly maxShown: number;
  readonly pollIntervalS: number;
  readonly safeState: DeclaredState;
  readonly powerUpState: DeclaredState;
  readonly emergencyState: number;
  readonly minOnS: number;
  readonly minOffS: number;
  /** NaN: no limit. */
  readonly maxOnS: number;
}

/** More decimals than a probe has, and few enough that 25.5 °C does not become 25.499999. */
const STORED_DECIMALS = 4;
const EXTRA_DECIMALS = 1;

export function draftOf(channel: Channel, display: DisplayUnit): SettingsDraft {
  const shown = (stored: number): number => rounded(toShown(stored, display), display.decimals + EXTRA_DECIMALS);
  const { limits, guards } = channel;
  return {
    name: channel.name,
    role: channel.role,
    hasLimits: limits !== null,
    minShown: limits === null ? Number.NaN : shown(limits.min),
    maxShown: limits === null ? Number.NaN : shown(limits.max),
    pollIntervalS: channel.pollIntervalS,
    safeState: channel.safeState ?? 0,
    powerUpState: channel.powerUpState ?? 0,
    emergencyState: channel.emergencyState ?? 0,
    minOnS: guards?.minOnS ?? 0,
    minOffS: guards?.minOffS ?? 0,
    maxOnS: guards?.maxOnS ?? Number.NaN,
  };
}

/** What is to be changed, and nothing else: what was not touched keeps its stored value to the last bit. */
export function patchOf(channel: Channel, draft: SettingsDraft, display: DisplayUnit): ChannelPatch {
  const was = draftOf(channel, display);
  const isNew = (key: keyof SettingsDraft): boolean => !Object.is(draft[key], was[key]);
  const isOutput = channel.kind !== "sensor";
  return {
    ...(isNew("name") ? { name: draft.name } : {}),
    ...(isNew("role") ? { role: draft.role } : {}),
    ...((["hasLimits", "minShown", "maxShown"] as const).some(isNew) ? limitsPatch(channel, draft, display) : {}),
    ...(isOutput ? outputPatch(draft, isNew) : pollPatch(draft, isNew)),
  };
}

type IsNew = (key: keyof SettingsDraft) => boolean;

function limitsPatch(channel: Channel, draft: SettingsDraft, display: DisplayUnit): ChannelPatch {
  if (!draft.hasLimits) return channel.limits === null ? {} : { limits: null };
  const was = draftOf(channel, display);
  const end = (shown: number, wasShown: number, stored: number | undefined): number =>
    stored !== undefined && Object.is(shown, wasShown)
      ? stored
      : rounded(fromShown(shown, display), STORED_DECIMALS);
  return {
    limits: {
      min: end(draft.minShown, was.minShown, channel.limits?.min),
      max: end(draft.maxShown, was.maxShown, channel.limits?.max),
    },
  };
}

function pollPatch(draft: SettingsDraft, isNew: IsNew): ChannelPatch {
  return isNew("pollIntervalS") ? { pollIntervalS: draft.pollIntervalS } : {};
}

function outputPatch(draft: SettingsDraft, isNew: IsNew): ChannelPatch {
  const guards = {
    ...(isNew("minOnS") ? { minOnS: draft.minOnS } : {}),
    ...(isNew("minOffS") ? { minOffS: draft.minOffS } : {}),
    ...(isNew("maxOnS") ? { maxOnS: Number.isNaN(draft.maxOnS) ? null : draft.maxOnS } : {}),
  };
  return {
    ...(isNew("safeState") ? { safeState: draft.safeState } : {}),
    ...(isNew("powerUpState") ? { powerUpState: draft.powerUpState } : {}),
    ...(isNew("emergencyState") ? { emergencyState: draft.emergencyState } : {}),
    ...(Object.keys(guards).length > 0 ? { guards } : {}),
  };
}

/** The fields of the form that something can be wrong with. */
export type SettingsField = "name" | "limits" | "poll" | "minOn" | "minOff" | "maxOn";
export type SettingsProblem =
  | "nameEmpty"
  | "nameLong"
  | "nameCharacters"
  | "number"
  | "limitsOrder"
  | "poll"
  | "guard"
  | "maxOn"
  | "maxBelowMin";

/** What the API's own schema says against a patch, by the form's fields. */
export function problemsIn(
  patch: ChannelPatch,
  draft: SettingsDraft,
): ReadonlyMap<SettingsField, SettingsProblem> {
  const problems = new Map<SettingsField, SettingsProblem>();
  const parsed = ChannelPatch.safeParse(patch);
  for (const issue of parsed.error?.issues ?? []) {
    const [field, problem] = problemFrom(issue);
    if (field !== null && !problems.has(field)) problems.set(field, problem);
  }
  // The schema sees each time by itself; together they must make sense.
  if (draft.maxOnS < draft.minOnS && !problems.has("maxOn")) problems.set("maxOn", "maxBelowMin");
  return problems;
}

function problemFrom(issue: z.core.$ZodIssue): readonly [SettingsField | null, SettingsProblem] {
  const path = issue.path.join(".");
  switch (path) {
    case "name":
      return ["name", nameProblem(issue.code)];
    case "pollIntervalS":
      return ["poll", "poll"];
    case "guards.minOnS":
      return ["minOn", "guard"];
    case "guards.minOffS":
      return ["minOff", "guard"];
    case "guards.maxOnS":
      return ["maxOn", "maxOn"];
    default:
      return path.startsWith("limits")
        ? ["limits", issue.code === "custom" ? "limitsOrder" : "number"]
        : [null, "number"];
  }
}

function nameProblem(code: z.core.$ZodIssue["code"]): SettingsProblem {
  if (code === "too_small") return "nameEmpty";
  return code === "too_big" ? "nameLong" : "nameCharacters";
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
