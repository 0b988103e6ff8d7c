import type { ChannelConfig } from "#contract/channels.ts";
import type { FaultDetail } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { RuleAction, RuleCondition } from "#contract/loops/rule.ts";
import type { LoopConfig, RuleConfig } from "#contract/loops.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type { Configuration } from "./ports.ts";

/** Pumps that only a loop of their own, with its caps, may switch on. */
export const CAPPED: ReadonlySet<string> = new Set(["doser", "top-off"]);

/** What is wrong with a rule, each condition and action by its place. */
export function ruleMisfits(loop: RuleConfig, current: Configuration): readonly FaultDetail[] {
  const driven = loop.actions.flatMap((action) => (action.kind === "output" ? [action.channelId] : []));
  const conditions = loop.conditions.flatMap((condition, index) =>
    misfit(`conditions.${index}`, conditionMisfit(condition, driven, current)),
  );
  const actions = loop.actions.flatMap((action, index) => {
    const isRepeated =
      action.kind === "output" && driven.indexOf(action.channelId) !== driven.lastIndexOf(action.channelId);
    return misfit(`actions.${index}`, isRepeated ? "names an output twice" : actionMisfit(action, current));
  });
  return [...conditions, ...actions, ...misfit("actions", cycleMisfit(loop, current))];
}

function misfit(field: string, message: string | null): readonly FaultDetail[] {
  return message === null ? [] : [{ field, message }];
}

function conditionMisfit(
  condition: RuleCondition,
  driven: readonly ChannelId[],
  current: Configuration,
): string | null {
  if (!("channelId" in condition)) return null;
  const channel = channelIn(current, condition.channelId);
  if (channel === undefined) return "there is no such channel";
  if (condition.kind === "above" || condition.kind === "below") {
    return channel.kind === "sensor" ? null : "must be a sensor";
  }
  if (channel.kind === "sensor") return "must be an output";
  return driven.includes(channel.id) ? "hangs on the output it drives, and would never come to rest" : null;
}

function actionMisfit(action: RuleAction, current: Configuration): string | null {
  switch (action.kind) {
    case "output":
      return outputMisfit(action, channelIn(current, action.channelId));
    case "mode":
      return current.modes.some(({ id }) => id === action.modeId) ? null : "there is no such mode";
    case "alarm":
      return null;
  }
}

function outputMisfit({ level }: { readonly level: number }, channel: ChannelConfig | undefined): string | null {
  if (channel === undefined) return "there is no such channel";
  if (channel.kind === "sensor") return "must be an output";
  if (channel.role === "generic") return "has no role yet and is switched by hand alone; give it a role first";
  if (channel.kind === "switch" && level !== 0 && level !== 100) return "a switch takes 0 or 100";
  return CAPPED.has(channel.role) && level > 0
    ? `a ${channel.role} pump is switched on by its own loop alone`
    : null;
}

/** Rules that start modes by modes would hand the tank round for ever where they form a ring. */
function cycleMisfit(loop: RuleConfig, { loops, modes }: Configuration): string | null {
  const others = loops.filter(
    (other): other is RuleConfig => isRule(other) && other.id !== loop.id && other.isEnabled,
  );
  const kindOf = (modeId: string) => modes.find(({ id }) => id === modeId)?.kind;
  const steps = [loop, ...others].flatMap((rule) => stepsOf(rule, kindOf));
  const mine = stepsOf(loop, kindOf);
  const isRing = mine.some(({ from, to }) => from !== to && reached(to, steps).has(from));
  return isRing ? "with other rules it would start modes in turns for ever" : null;
}

interface Step {
  readonly from: ModeKind;
  readonly to: ModeKind;
}

function stepsOf(
  { conditions, actions }: RuleConfig,
  kindOf: (modeId: string) => ModeKind | undefined,
): readonly Step[] {
  const from = conditions.flatMap((condition) => (condition.kind === "mode" ? [condition.mode] : []));
  const to = actions
    .flatMap((action) => (action.kind === "mode" ? [kindOf(action.modeId)] : []))
    .filter((k) => k !== undefined);
  return from.flatMap((a) => to.map((b) => ({ from: a, to: b })));
}

/** Every kind of mode that follows from this one, itself included. */
function reached(start: ModeKind, steps: readonly Step[]): ReadonlySet<ModeKind> {
  const found = new Set<ModeKind>([start]);
  for (const kind of found) for (const step of steps) if (step.from === kind) found.add(step.to);
  return found;
}

function isRule(loop: LoopConfig): loop is RuleConfig {
  return loop.type === "rule";
}

function channelIn({ channels }: Configuration, channelId: ChannelId): ChannelConfig | undefined {
  return channels.find(({ id }) => id === channelId);
}
