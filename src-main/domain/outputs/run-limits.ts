import type { Equipment, Guards } from "#contract/guards.ts";
import type { OutputBudget } from "#contract/outputs.ts";
import type { Why } from "./arbitrate.ts";
import type { UseMeter } from "./use-meter.ts";
import { durationInWords } from "./words.ts";

const WINDOWS_S = { per15Min: 900, perHour: 3_600, perDay: 86_400 } as const;
/** Where nothing says how long an on will last, a spent budget must be free again by this share before the next one. */
const FREE_FRACTION = 0.1;
/** No on is granted for less than this of a budget: it would be cut in the moment it begins. */
const LEAST = 0.01;
/** Less than this of a budget is nothing: sums of fractions do not meet exactly. */
const EPSILON = 1e-6;

/** So much in any span of this length. */
export interface Limit {
  readonly windowS: number;
  readonly unit: "s" | "mL";
  readonly limit: number;
}

/** What may be spent in one run, and in any span of time. */
export interface RunLimits {
  /** Longest time on without a break, s; null or left out: no limit. */
  readonly maxOnS?: number | null;
  readonly budgets?: readonly Limit[];
}

export interface Limits {
  readonly maxOnS: number | null;
  readonly budgets: readonly Limit[];
}

/** The narrowest of what was set and of what others allow: one for each span and unit. mL hold where the flow is known. */
export function limitsFrom(guards: Guards, flowMlPerS: number | null, others: readonly RunLimits[]): Limits {
  const budgets: Limit[] = [];
  for (const limit of setBy(guards)) addNarrower(budgets, limit, flowMlPerS);
  let { maxOnS } = guards;
  for (const other of others) {
    for (const limit of other.budgets ?? []) addNarrower(budgets, limit, flowMlPerS);
    const otherS = other.maxOnS ?? null;
    if (otherS !== null && (maxOnS === null || otherS < maxOnS)) maxOnS = otherS;
  }
  return { maxOnS, budgets };
}

function addNarrower(budgets: Limit[], limit: Limit, flowMlPerS: number | null): void {
  if (limit.unit === "mL" && flowMlPerS === null) return;
  const i = budgets.findIndex(({ unit, windowS }) => unit === limit.unit && windowS === limit.windowS);
  const known = budgets[i];
  if (known === undefined) budgets.push(limit);
  else if (limit.limit < known.limit) budgets[i] = limit;
}

/** Asked several times a second for every output, and the same for as long as the guards are. */
const SET_BY = new WeakMap<Guards, readonly Limit[]>();

function setBy(guards: Guards): readonly Limit[] {
  const known = SET_BY.get(guards);
  if (known !== undefined) return known;
  const set = [...budgetsOf(guards.budgetS, "s"), ...budgetsOf(guards.budgetMl, "mL")];
  SET_BY.set(guards, set);
  return set;
}

function budgetsOf(budget: Guards["budgetS"], unit: Limit["unit"]): readonly Limit[] {
  return Object.entries(WINDOWS_S).flatMap(([field, windowS]) => {
    const limit = budget[field as keyof typeof WINDOWS_S];
    return limit === null ? [] : [{ windowS, unit, limit }];
  });
}

interface Asked {
  /** It is on now. */
  readonly isOn: boolean;
  /** How long the on that is asked for will last, s; null: nobody says. */
  readonly plannedS: number | null;
  readonly flowMlPerS: Equipment["flowMlPerS"];
  readonly atMs: number;
  /** The wall's, for the words. */
  readonly nowMs: number;
}

export interface BudgetVerdict {
  /** Why it must be off: a budget is spent, or the on asked for would exceed it. */
  readonly spent: readonly Why[];
  /** ms until a budget that is being spent runs out, or a spent one frees; null: not by itself. */
  readonly changesInMs: number | null;
}

/** What the budgets say: an on that would exceed one is refused beforehand, a running one is cut where it is reached. */
export function budgetVerdictFrom(budgets: readonly Limit[], use: UseMeter, asked: Asked): BudgetVerdict {
  const verdicts = budgets.map((limit) => (asked.isOn ? whileOn : beforeOn)(limit, use, asked));
  const changesInMs = verdicts.map((verdict) => verdict.changesInMs).filter((ms) => ms !== null);
  return {
    spent: verdicts.flatMap((verdict) => verdict.spent),
    changesInMs: changesInMs.length === 0 ? null : Math.min(...changesInMs),
  };
}

function whileOn(limit: Limit, use: UseMeter, asked: Asked): BudgetVerdict {
  const left = limit.limit - usedOf(limit, use, asked.atMs);
  const perS = rateOf(limit, asked);
  if (left <= EPSILON) return refused(limit, use, { ...asked, left, needed: limit.limit * FREE_FRACTION });
  return { spent: [], changesInMs: perS > 0 ? (left / perS) * 1_000 : null };
}

function beforeOn(limit: Limit, use: UseMeter, asked: Asked): BudgetVerdict {
  const left = limit.limit - usedOf(limit, use, asked.atMs);
  const planned = asked.plannedS === null ? limit.limit * FREE_FRACTION : asked.plannedS * rateOf(limit, asked);
  const needed = Math.max(planned, LEAST);
  if (left + EPSILON >= needed) return { spent: [], changesInMs: null };
  return refused(limit, use, { ...asked, left, needed });
}

/** How fast a run spends it. */
function rateOf({ unit }: Limit, { flowMlPerS }: Asked): number {
  return unit === "s" ? 1 : (flowMlPerS ?? 0);
}

type Refused = Asked & { readonly left: number; readonly needed: number };

function refused(limit: Limit, use: UseMeter, { left, needed, atMs, nowMs }: Refused): BudgetVerdict {
  const inMs = use.freesInMs(limit.windowS * 1_000, limit.unit, { amount: needed - left, atMs });
  const untilMs = inMs === null ? null : nowMs + inMs;
  return { spent: [refusal(limit, { left, untilMs })], changesInMs: inMs === null ? null : Math.max(1, inMs) };
}

/** The budgets as they are shown. */
export function shownBudgets(budgets: readonly Limit[], use: UseMeter, atMs: number): OutputBudget[] {
  return budgets.map((limit) => ({ ...limit, used: Math.round(usedOf(limit, use, atMs) * 10) / 10 }));
}

function usedOf({ windowS, unit }: Limit, use: UseMeter, atMs: number): number {
  const { onS, ml } = use.used(windowS * 1_000, atMs);
  return unit === "s" ? onS : ml;
}

function refusal(
  { windowS, unit, limit }: Limit,
  { left, untilMs }: { left: number; untilMs: number | null },
): Why {
  const amount = unit === "s" ? durationInWords(limit * 1_000) : `${rounded(limit)} mL`;
  const rest = Math.max(0, left);
  const more = unit === "s" ? durationInWords(Math.floor(rest) * 1_000) : `${rounded(rest)} mL`;
  const span = durationInWords(windowS * 1_000);
  return {
    code: "budget-spent",
    text: `Off: it may have ${amount} in any ${span}, and ${more} of that is left.`,
    untilMs: untilMs === null ? null : Math.round(untilMs),
  };
}

function rounded(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}
