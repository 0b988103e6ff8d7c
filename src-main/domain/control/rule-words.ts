import type { RuleCondition } from "#contract/loops/rule.ts";
import type { ControlInput } from "./control-input.ts";
import { spanText } from "./durations.ts";
import type { ConditionMemory } from "./rule-condition.ts";

interface Heard {
  readonly input: ControlInput;
  readonly name: string;
  readonly unit: string;
  readonly memory: ConditionMemory;
  readonly atMs: number;
}

/** One condition as it stands, for people: what it says, and what it waits for. No full stop. */
export function conditionText(condition: RuleCondition, heard: Heard): string {
  const { input, name } = heard;
  if (!input.isUsable) return `${name} ${input.problem}`;
  const stands = standing(condition, { ...heard, value: input.value });
  const leftMs = waitMs(condition, heard);
  return leftMs === null ? stands : `${stands}, for another ${spanText(leftMs)} to count`;
}

function waitMs(condition: RuleCondition, { memory, atMs }: Heard): number | null {
  if (!("forS" in condition) || memory.isTrue === true || memory.metSinceMs === null) return null;
  return memory.metSinceMs + condition.forS * 1_000 - atMs;
}

function standing(condition: RuleCondition, heard: Heard & { readonly value: number }): string {
  const { name, value, memory } = heard;
  switch (condition.kind) {
    case "above":
    case "below":
      return limitText(condition, heard);
    case "output-on":
    case "output-off":
      return `${name} is ${value > 0 ? "on" : "off"}`;
    case "mode":
      return `the mode ${condition.mode} is ${value > 0 ? "on" : "not on"}`;
    case "time":
      return `it is ${memory.isMet ? "" : "not "}between ${condition.from} and ${condition.to}`;
  }
}

type LimitCondition = Extract<RuleCondition, { kind: "above" | "below" }>;

function limitText(
  { kind, value: limit, hysteresis }: LimitCondition,
  heard: Heard & { readonly value: number },
): string {
  const { name, unit, value, memory } = heard;
  const isAbove = kind === "above";
  const isBeyond = isAbove ? value > limit : value < limit;
  const shown = (x: number) => (unit === "" ? rounded(x) : `${rounded(x)} ${unit}`);
  const head = `${name} is ${shown(value)}`;
  if (isBeyond) return `${head}, ${kind} ${shown(limit)}`;
  if (!memory.isMet) return `${head}, not ${kind} ${shown(limit)}`;
  const endsAt = isAbove ? limit - hysteresis : limit + hysteresis;
  return `${head}, and not yet ${isAbove ? "down" : "up"} to ${shown(endsAt)}`;
}

function rounded(value: number): string {
  const decimals = Math.abs(value) < 10 ? 3 : 2;
  return `${Number(value.toFixed(decimals))}`;
}
