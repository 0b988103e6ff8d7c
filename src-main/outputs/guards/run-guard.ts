import type { OutputSettings } from "#contract/channels.ts";
import type { OutputBudget } from "#contract/outputs.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import {
  budgetVerdictFrom,
  type Limits,
  limitsFrom,
  type RunLimits,
  shownBudgets,
} from "#domain/outputs/run-limits.ts";
import { type GuardVerdict, guardVerdictFrom } from "#domain/outputs/switching-guards.ts";
import type { Clock } from "../../platform/ports.ts";
import type { OutputUsage } from "../output-usage.ts";
import type { RunRecord, RunSpan } from "../run-record.ts";
import type { SwitchingTimes } from "../switching-times.ts";

/** A dose may last this much longer than planned before it is cut: by a tenth, and never by less than a second. */
const DOSE_OVERRUN_FRACTION = 0.1;
const DOSE_OVERRUN_S = 1;

interface RunGuardDeps {
  readonly clock: Clock;
  readonly times: SwitchingTimes;
  readonly usage: OutputUsage;
  readonly record: RunRecord;
}

/** What is being run, or asked for. */
export interface Plan {
  /** How long whoever has the say plans it to be on, s; null: he does not say. */
  readonly forS: number | null;
  readonly isDoser: boolean;
}

export interface RunVerdict extends GuardVerdict {
  /** Budgets that are spent, or would be by what is asked for. */
  readonly spent: readonly Why[];
}

/** The shortest and longest times, and the budgets: everything that only time and use decide. */
export class RunGuard {
  readonly #deps: RunGuardDeps;
  #limits: Limits = { maxOnS: null, budgets: [] };
  /** What is set alone, worked out once. */
  #own: { readonly settings: OutputSettings; readonly limits: Limits } | null = null;

  constructor(deps: RunGuardDeps) {
    this.#deps = deps;
  }

  judge(settings: OutputSettings, others: readonly RunLimits[], plan: Plan): RunVerdict {
    const { clock, times, usage, record } = this.#deps;
    const { guards, equipment } = settings;
    this.#limits =
      others.length === 0 ? this.#ownLimits(settings) : limitsFrom(guards, equipment.flowMlPerS, others);
    const running = times.running();
    const nowMs = clock.nowMs();
    const switching = guardVerdictFrom(
      { ...guards, maxOnS: earliest([this.#longestS(plan), record.longestS]) },
      running,
      nowMs,
    );
    const { spent, changesInMs } = budgetVerdictFrom(this.#limits.budgets, usage.use, {
      isOn: running.onForMs !== null,
      plannedS: plan.forS,
      flowMlPerS: equipment.flowMlPerS,
      atMs: clock.monotonicMs(),
      nowMs,
    });
    return { ...switching, spent, changesInMs: earliest([switching.changesInMs, changesInMs]) };
  }

  /** What a run lasts that is wanted now, from its beginning. @param overrideLeftMs null: no hand holds it */
  span({ equipment: { flowMlPerS } }: OutputSettings, plan: Plan, overrideLeftMs: number | null): RunSpan {
    const longestS = this.#longestS(plan) ?? this.#largestBudgetS(flowMlPerS);
    const ranS = (this.#deps.times.running().onForMs ?? 0) / 1_000;
    const byHandS = overrideLeftMs === null ? null : ranS + overrideLeftMs / 1_000;
    return { plannedS: earliest([plan.forS, longestS, byHandS]), longestS, flowMlPerS };
  }

  budgets(): OutputBudget[] {
    return shownBudgets(this.#limits.budgets, this.#deps.usage.use, this.#deps.clock.monotonicMs());
  }

  /** No run can spend more than the largest of its budgets, s; null: it has none. */
  #largestBudgetS(flowMlPerS: number | null): number | null {
    const inS = this.#limits.budgets.map(({ unit, limit }) => (unit === "s" ? limit : limit / (flowMlPerS ?? 1)));
    // A second more than the budget itself allows: it cuts, and this only counts what a crash hid.
    return inS.length === 0 ? null : Math.max(...inS) + 1;
  }

  #ownLimits(settings: OutputSettings): Limits {
    if (this.#own?.settings !== settings) {
      const limits = limitsFrom(settings.guards, settings.equipment.flowMlPerS, []);
      this.#own = { settings, limits };
    }
    return this.#own.limits;
  }

  #longestS({ forS, isDoser }: Plan): number | null {
    if (forS === null) return this.#limits.maxOnS;
    const overrunS = isDoser ? Math.max(forS * DOSE_OVERRUN_FRACTION, DOSE_OVERRUN_S) : 0;
    return earliest([this.#limits.maxOnS, forS + overrunS]);
  }
}

/** The smallest of those that are there. */
export function earliest(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : Math.min(...there);
}
