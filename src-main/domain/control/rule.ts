import type { RuleCondition } from "#contract/loops/rule.ts";
import type { RuleConfig } from "#contract/loops.ts";
import type { ControlInput } from "./control-input.ts";
import { type ConditionMemory, combined, conditionAfter, NOT_MET } from "./rule-condition.ts";
import { conditionText } from "./rule-words.ts";

/**
 * A rule that can no longer tell goes on as it is for so long, ms: a read that was interrupted, a plug that did not
 * answer. Then it lets go of whatever it holds on; what it holds off stays off until it can tell again.
 */
export const BLIND_LIMIT_MS = 30_000;

/** What a rule hears of one condition: its channel's value, and how people call it. */
export interface RuleInput {
  readonly input: ControlInput;
  readonly name: string;
  readonly unit: string;
}

/** What is remembered of a rule. Times are on the monotonic scale, ms. */
export interface RuleMemory {
  readonly conditions: readonly ConditionMemory[];
  readonly isActive: boolean;
  /** Since when it cannot tell; null: it can. */
  readonly blindSinceMs: number | null;
}

export const RULE_AT_REST: RuleMemory = { conditions: [], isActive: false, blindSinceMs: null };

export interface RuleDecision {
  readonly memory: RuleMemory;
  /** null: what it hears does not say. */
  readonly isTrue: boolean | null;
  /** It acts: it is true, or was when it last could tell. */
  readonly isActive: boolean;
  /** It may hold an output on: its inputs are good, or were a moment ago. */
  readonly mayHoldOn: boolean;
  readonly conditions: readonly { readonly isTrue: boolean | null; readonly text: string }[];
  /** The first input that is not good; null: it can tell. */
  readonly problem: string | null;
}

type Rule = Pick<RuleConfig, "match" | "conditions">;

/**
 * One decision of a rule. True, it acts; false, it lets go; where its inputs leave it open it stays as it was, within
 * `BLIND_LIMIT_MS` for what it holds on. A pure function of what it hears, so that the past can be tried the same way.
 * @param inputs one for each condition
 */
export function decideRule(
  { match, conditions }: Rule,
  {
    before,
    inputs,
    atMs,
  }: { readonly before: RuleMemory; readonly inputs: readonly RuleInput[]; readonly atMs: number },
): RuleDecision {
  const steps = conditions.map((condition, index) => {
    const heard = inputs[index] ?? UNHEARD;
    const memory = conditionAfter(condition, {
      before: before.conditions[index] ?? NOT_MET,
      input: heard.input,
      atMs,
    });
    return { memory, problem: problemOf(heard), text: conditionText(condition, { ...heard, memory, atMs }) };
  });
  const isTrue = combined(
    match,
    steps.map(({ memory }) => memory.isTrue),
  );
  const blindSinceMs = isTrue === null ? (before.blindSinceMs ?? atMs) : null;
  const isActive = isTrue ?? before.isActive;
  const problem = steps.find((step) => step.problem !== null)?.problem ?? null;
  return {
    memory: { conditions: steps.map(({ memory }) => memory), isActive, blindSinceMs },
    isTrue,
    isActive,
    mayHoldOn: blindSinceMs === null || atMs - blindSinceMs < BLIND_LIMIT_MS,
    conditions: steps.map(({ memory, text }) => ({ isTrue: memory.isTrue, text })),
    problem: isTrue === null ? problem : null,
  };
}

const UNHEARD: RuleInput = { input: { isUsable: false, problem: "is not there" }, name: "Its input", unit: "" };

function problemOf({ input, name }: RuleInput): string | null {
  return input.isUsable ? null : `${name} ${input.problem}`;
}

/** The same rule with other conditions: what is remembered of those that did not change stays. */
export function reconfigured(
  memory: RuleMemory,
  before: readonly RuleCondition[],
  after: readonly RuleCondition[],
): RuleMemory {
  const known = new Map(before.map((condition, index) => [JSON.stringify(condition), memory.conditions[index]]));
  return { ...memory, conditions: after.map((condition) => known.get(JSON.stringify(condition)) ?? NOT_MET) };
}

/** What outlives a restart of it: no times, since no clock that outlives it is to be trusted. */
export interface KeptRule {
  readonly isActive: boolean;
  readonly conditions: readonly { readonly isMet: boolean; readonly isTrue: boolean }[];
}

export function keptRule({ isActive, conditions }: RuleMemory): KeptRule {
  return {
    isActive,
    conditions: conditions.map(({ isMet, metSinceMs, isTrue }) => ({
      isMet,
      isTrue: isMet && metSinceMs !== null && isTrue !== false,
    })),
  };
}

/** As it was before the restart. It is blind until it hears again: what it held off stays off, and nothing is switched on. */
export function restoredRule({ isActive, conditions }: KeptRule): RuleMemory {
  return {
    isActive,
    blindSinceMs: Number.NEGATIVE_INFINITY,
    conditions: conditions.map(({ isMet, isTrue }) => ({
      isMet,
      metSinceMs: isTrue ? Number.NEGATIVE_INFINITY : null,
      isTrue: null,
    })),
  };
}
