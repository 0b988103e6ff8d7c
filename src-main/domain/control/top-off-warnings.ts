import type { LoopWarning } from "#contract/loops.ts";
import type { Reservoir, TopOffDecision } from "./top-off.ts";

/** By the code of a decision: what a person should come for. */
const PRIORITY_OF: Readonly<Record<string, LoopWarning["priority"]>> = {
  "high-level-wet": "critical",
  leak: "critical",
  "sensor-not-good": "high",
  "high-sensor-not-good": "high",
  "leak-sensor-not-good": "high",
};

/** What a person should know of a top-off now. An empty reservoir is told before the sump is low. */
export function topOffWarnings(
  { code, text }: TopOffDecision,
  reservoir: Reservoir | null,
): readonly LoopWarning[] {
  const priority = PRIORITY_OF[code];
  const danger: readonly LoopWarning[] = priority === undefined ? [] : [{ code, text, priority }];
  return [...danger, ...reservoirWarnings(reservoir)];
}

function reservoirWarnings(reservoir: Reservoir | null): readonly LoopWarning[] {
  if (reservoir === null) return [];
  if ("problem" in reservoir) {
    const text = `The reservoir's sensor ${reservoir.problem}: nothing is pumped.`;
    return [{ code: "reservoir-not-good", text, priority: "medium" }];
  }
  if (!reservoir.isEmpty) return [];
  return [{ code: "reservoir-empty", text: "The reservoir is empty: fill it.", priority: "high" }];
}
