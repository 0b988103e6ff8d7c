import type { OutputBudget } from "#contract/outputs.ts";

/** How much of a budget is spent, 0 to 1; one of nothing is spent from the start. */
export function budgetShare({ used, limit }: Pick<OutputBudget, "used" | "limit">): number {
  return limit <= 0 ? 1 : Math.min(1, Math.max(0, used / limit));
}
