import type { LoopWarning } from "#contract/loops.ts";
import { spanText } from "./durations.ts";
import type { DutyJudgement } from "./duty-history.ts";
import { degrees, type ThermostatDecision } from "./thermostat.ts";
import { shareText, type ThermostatCommand } from "./thermostat-command.ts";

export interface ThermostatFindings {
  readonly decision: ThermostatDecision;
  readonly command: ThermostatCommand;
  /** For how long the heater has been on without keeping up, ms; null: it keeps up. */
  readonly behindForMs: number | null;
  readonly day: DutyJudgement | null;
  /** Two probes stood more than 0.5 °C apart for 10 min. */
  readonly isDiscrepant: boolean;
  /** One of two probes is not good. */
  readonly isSingle: boolean;
}

/** What a person should know of a thermostat now. */
export function thermostatWarnings(findings: ThermostatFindings): readonly LoopWarning[] {
  return [
    probesWarning(findings),
    heldWarning(findings),
    behindWarning(findings),
    overworkWarning(findings),
  ].filter((warning) => warning !== null);
}

function probesWarning({ decision, isDiscrepant, isSingle }: ThermostatFindings): LoopWarning | null {
  if (decision.code === "probes-differ") return { code: "probes-differ", text: decision.text, priority: "high" };
  if (isDiscrepant) {
    const text = "Its two probes have been more than 0.5 °C apart for 10 minutes: calibrate or replace one.";
    return { code: "probes-discrepant", text, priority: "medium" };
  }
  if (!isSingle) return null;
  const text = "One of its two probes is not good; the other one decides alone.";
  return { code: "single-probe", text, priority: "medium" };
}

function heldWarning({ command }: ThermostatFindings): LoopWarning | null {
  return command.state === "held" ? { code: "held-duty", text: command.text, priority: "critical" } : null;
}

/** An alarm and never a fault: a heater that only slows a fall is still what keeps the tank alive. */
function behindWarning({ decision, behindForMs }: ThermostatFindings): LoopWarning | null {
  if (behindForMs === null) return null;
  const water = decision.processVariableC === null ? "" : ` at ${degrees(decision.processVariableC)}`;
  const text = `The heater cannot keep up: on for ${spanText(behindForMs)}, and the water is still${water}.`;
  return { code: "cannot-keep-up", text, priority: "high" };
}

function overworkWarning({ day }: ThermostatFindings): LoopWarning | null {
  if (day === null || !day.isExcessive) return null;
  const text = `The heater was on ${shareText(day.dutyFraction)} of the last 24 h where ${shareText(day.usualFraction)} is usual for this room: its probe may read low. Compare it with another thermometer.`;
  return { code: "heater-overworked", text, priority: "high" };
}
