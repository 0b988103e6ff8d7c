import type { RuleCondition } from "#contract/loops/rule.ts";
import type { ControlInput } from "./control-input.ts";
import { isWithinSpan } from "./local-time.ts";

/** What is remembered of one condition. Times are on the monotonic scale, ms. */
export interface ConditionMemory {
  /** Beyond its limit, and not yet back by the hysteresis; the for-duration aside. */
  readonly isMet: boolean;
  /** Since when, without a break; null: it is not. */
  readonly metSinceMs: number | null;
  /** Met for long enough; null: its input says nothing that can be relied on. */
  readonly isTrue: boolean | null;
}

export const NOT_MET: ConditionMemory = { isMet: false, metSinceMs: null, isTrue: false };

/**
 * One condition after this input. An input that is not good makes it unknown, and time of which nothing is known counts
 * for no duration; what was true already is true again at once when the input comes back on the same side.
 */
export function conditionAfter(
  condition: RuleCondition,
  {
    before,
    input,
    atMs,
  }: { readonly before: ConditionMemory; readonly input: ControlInput; readonly atMs: number },
): ConditionMemory {
  const forMs = "forS" in condition ? condition.forS * 1_000 : 0;
  const wasLongEnough = before.metSinceMs !== null && atMs - before.metSinceMs >= forMs && before.isTrue !== false;
  if (!input.isUsable) {
    const metSinceMs = before.isMet && wasLongEnough ? before.metSinceMs : null;
    return { isMet: before.isMet, metSinceMs, isTrue: null };
  }
  if (!isMet(condition, input.value, before.isMet)) return NOT_MET;
  const metSinceMs = before.metSinceMs ?? atMs;
  return { isMet: true, metSinceMs, isTrue: atMs - metSinceMs >= forMs };
}

/** @param value the channel's; 1 or 0 for an output or a mode that is on or off; the tank's minute of the day */
function isMet(condition: RuleCondition, value: number, wasMet: boolean): boolean {
  switch (condition.kind) {
    case "above":
      return value > condition.value - (wasMet ? condition.hysteresis : 0);
    case "below":
      return value < condition.value + (wasMet ? condition.hysteresis : 0);
    case "output-off":
      return value === 0;
    case "output-on":
    case "mode":
      return value > 0;
    case "time":
      return isWithinSpan(value, condition);
  }
}

/** All of them, or any one: true or false as soon as what is known decides it, else null. */
export function combined(match: "all" | "any", conditions: readonly (boolean | null)[]): boolean | null {
  const decisive = match === "any";
  if (conditions.includes(decisive)) return decisive;
  return conditions.includes(null) ? null : !decisive;
}
