import type { DoserConfig, LoopState, LoopWarning } from "#contract/loops.ts";
import type { DosePlan } from "#domain/control/dose-plan.ts";
import type { DoseDecision } from "#domain/control/dosing.ts";
import type { Hindrance } from "./dose-hindrance.ts";

/** A container that lasts no longer than this is worth a word, days. */
const LOW_DAYS = 3;

export interface DoserView {
  readonly plan: DosePlan;
  readonly isDosing: boolean;
  readonly hindrance: Hindrance | null;
  readonly decision: DoseDecision;
  readonly leftMl: number | null;
  /** Why the last dose that was due was not given, or not to its end; null: it was. */
  readonly lastFailure: string | null;
}

/** What a doser does and why. */
export function doserText({ plan, isDosing, hindrance, decision }: DoserView): {
  readonly state: LoopState["state"];
  readonly text: string;
} {
  const dose = millilitres(plan.mlPerDose);
  if (isDosing) return { state: "dosing", text: `Dosing ${dose}.` };
  if (hindrance?.isStanding === true) return { state: "blocked", text: `No doses: ${hindrance.text}.` };
  if (decision.kind === "wait") {
    return { state: "waiting", text: `The dose that is due waits: ${decision.problem}.` };
  }
  const times = plan.dosesPerDay === 1 ? "once a day" : `${plan.dosesPerDay} times a day`;
  return { state: "idle", text: `Gives ${dose} ${times}.` };
}

/** What a keeper should look after. */
export function doserWarnings({ mlPerDay }: DoserConfig, view: DoserView): LoopWarning[] {
  const { hindrance, leftMl, lastFailure, plan } = view;
  const warnings: LoopWarning[] = [];
  if (hindrance?.isStanding === true) {
    warnings.push({ code: "no-doses", text: `Nothing is dosed: ${hindrance.text}.`, priority: "medium" });
  } else if (leftMl !== null && leftMl < mlPerDay * LOW_DAYS && leftMl >= plan.mlPerDose) {
    const text = `Its container has ${millilitres(leftMl)} left, for ${days(leftMl / mlPerDay)}.`;
    warnings.push({ code: "container-low", text, priority: "low" });
  }
  if (lastFailure !== null) {
    const text = `The last dose was not given, and is not made up for: ${lastFailure}.`;
    warnings.push({ code: "dose-missed", text, priority: "medium" });
  }
  return warnings;
}

export function millilitres(ml: number): string {
  return `${Math.round(ml * 100) / 100} mL`;
}

function days(count: number): string {
  const rounded = Math.round(count * 10) / 10;
  return rounded === 1 ? "1 day" : `${rounded} days`;
}
