import { spanText } from "./durations.ts";
import { HELD_DUTY_LIMIT_MS, HELD_DUTY_MAX_FRACTION, isOnAtDuty } from "./held-duty.ts";
import type { ThermostatDecision } from "./thermostat.ts";

/** What is asked of heater and chiller at this moment, and how it is told. */
export interface ThermostatCommand {
  readonly heaterPct: number;
  readonly chillerPct: number;
  readonly state: "heating" | "cooling" | "idle" | "held" | "blocked";
  readonly code: string;
  readonly text: string;
  /** A protection asks: the shortest time on does not hold it. */
  readonly isUrgent: boolean;
}

export interface DutyLimits {
  /** What the heater may do while no probe is good; null: it may not, or nothing is learned. */
  readonly hold: { readonly dutyFraction: number; readonly forMs: number } | null;
  /** The most it may be on, as a share of time; null: as it needs. */
  readonly capFraction: number | null;
  /** Monotonic. */
  readonly atMs: number;
}

/** Carries a decision out within the limits on the heater's share of time. */
export function commandFrom(decision: ThermostatDecision, limits: DutyLimits): ThermostatCommand {
  const { demand, code, text } = decision;
  const { hold, capFraction, atMs } = limits;
  if (code === "sensor-not-good" && hold !== null && hold.forMs < HELD_DUTY_LIMIT_MS) {
    return heldCommand(decision, hold, atMs);
  }
  if (demand === "heating" && capFraction !== null) return cappedCommand(decision, capFraction, atMs);
  return {
    heaterPct: demand === "heating" ? 100 : 0,
    chillerPct: demand === "cooling" ? 100 : 0,
    state: demand,
    code,
    text,
    isUrgent: demand === "blocked",
  };
}

function heldCommand(
  { text }: ThermostatDecision,
  { dutyFraction, forMs }: { readonly dutyFraction: number; readonly forMs: number },
  atMs: number,
): ThermostatCommand {
  const fraction = Math.min(dutyFraction, HELD_DUTY_MAX_FRACTION);
  const left = spanText(HELD_DUTY_LIMIT_MS - forMs);
  return {
    heaterPct: isOnAtDuty(fraction, atMs) ? 100 : 0,
    chillerPct: 0,
    state: "held",
    code: "held-duty",
    text: `Heating ${shareText(fraction)} of the time, as learned, for ${left} more at most. ${text}`,
    isUrgent: false,
  };
}

function cappedCommand({ text }: ThermostatDecision, capFraction: number, atMs: number): ThermostatCommand {
  return {
    heaterPct: isOnAtDuty(capFraction, atMs) ? 100 : 0,
    chillerPct: 0,
    state: "heating",
    code: "duty-capped",
    text: `${text} Held to ${shareText(capFraction)} of the time, as is usual.`,
    isUrgent: false,
  };
}

/** A share of time for people. */
export function shareText(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}
