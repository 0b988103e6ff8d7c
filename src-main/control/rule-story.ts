import type { LoopState, RuleConfig } from "#contract/loops.ts";
import type { RuleDecision } from "#domain/control/rule.ts";

export function stateOf({ isTrue, isActive }: RuleDecision): LoopState["state"] {
  if (isTrue === null) return isActive ? "held" : "waiting";
  return isActive ? "active" : "idle";
}

/** What made it true, or what would: the conditions that decide, joined. */
export function reasonOf({ match }: RuleConfig, { conditions, isTrue }: RuleDecision): string {
  const deciding = conditions.filter((condition) => condition.isTrue === isTrue);
  return (deciding.length === 0 ? conditions : deciding)
    .map(({ text }) => text)
    .join(match === "all" ? " and " : ", or ");
}

/** What it does and why, in one sentence. */
export function textOf(config: RuleConfig, decision: RuleDecision): string {
  const reason = reasonOf(config, decision);
  if (decision.isTrue === true) return `Acts: ${reason}.`;
  if (decision.isTrue === false) return `Does nothing: ${reason}.`;
  if (!decision.isActive) return `Waits until it can tell: ${reason}.`;
  return decision.mayHoldOn
    ? `Goes on as it was, it cannot tell any more: ${reason}.`
    : `Holds on nothing, and keeps off what it switched off, until it can tell again: ${reason}.`;
}
