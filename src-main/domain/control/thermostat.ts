import { crossCheck } from "#domain/quality/cross-check.ts";
import type { ControlInput } from "./control-input.ts";

export interface ThermostatSettings {
  readonly setpointC: number;
  /** Half the on/off differential, °C. */
  readonly hysteresisC: number;
  readonly hasHeater: boolean;
  readonly hasChiller: boolean;
}

export interface ThermostatProbes {
  readonly first: ControlInput;
  /** null: there is one probe only. */
  readonly second: ControlInput | null;
}

export type ThermostatDemand = "heating" | "cooling" | "idle" | "blocked";

export interface ThermostatDecision {
  readonly demand: ThermostatDemand;
  /** `heating`, `cooling`, `idle`, `sensor-not-good`, `probes-differ`. */
  readonly code: string;
  /** One sentence for people. */
  readonly text: string;
  /** °C; null: nobody knows. */
  readonly processVariableC: number | null;
}

/** Where heating and cooling begin and end, °C. */
export interface Thresholds {
  readonly heatBelowC: number;
  readonly heatUntilC: number;
  readonly coolAboveC: number;
  readonly coolUntilC: number;
}

/**
 * Hysteresis around a setpoint; heating and cooling exclude each other. A lone heater (or chiller) swings over the whole
 * differential; where both are there each ends at the setpoint, so that the overshoot of one never starts the other.
 * With two probes: heat by the higher, cool by the lower, neither while they are too far apart; one bad, the other decides.
 * @param before what was demanded until now; what runs goes on until its end is reached
 */
export function decideThermostat(
  settings: ThermostatSettings,
  probes: ThermostatProbes,
  before: ThermostatDemand,
): ThermostatDecision {
  const firstC = usableC(probes.first);
  const secondC = probes.second === null ? null : usableC(probes.second);
  const { heatByC, coolByC } = crossCheck({ apartSinceMs: null }, { firstC, secondC, matchC: 0, atMs: 0 });
  const processVariableC = firstC ?? secondC;
  if (processVariableC === null) return { ...blockedBySensor(probes), processVariableC };
  if (heatByC === null || coolByC === null) {
    const text = `Neither heating nor cooling: the probes say ${listOf([firstC, secondC])}, too far apart to trust either.`;
    return { demand: "blocked", code: "probes-differ", text, processVariableC };
  }
  const limits = thresholdsFrom(settings);
  const heating = settings.hasHeater ? heatingText(limits, heatByC, before) : null;
  if (heating !== null) return { demand: "heating", code: "heating", text: heating, processVariableC };
  const cooling = settings.hasChiller ? coolingText(limits, coolByC, before) : null;
  if (cooling !== null) return { demand: "cooling", code: "cooling", text: cooling, processVariableC };
  const text = idleText(settings, limits, [firstC, secondC]);
  return { demand: "idle", code: "idle", text, processVariableC };
}

export function thresholdsFrom({ setpointC, hysteresisC, hasHeater, hasChiller }: ThermostatSettings): Thresholds {
  const overC = hasHeater && hasChiller ? 0 : hysteresisC;
  return {
    heatBelowC: setpointC - hysteresisC,
    heatUntilC: setpointC + overC,
    coolAboveC: setpointC + hysteresisC,
    coolUntilC: setpointC - overC,
  };
}

function heatingText(limits: Thresholds, waterC: number, before: ThermostatDemand): string | null {
  if (waterC < limits.heatBelowC) return `Heating: ${compared(waterC, "is below", limits.heatBelowC)}.`;
  if (before !== "heating" || waterC >= limits.heatUntilC) return null;
  return `Heating: ${compared(waterC, "has not yet risen to", limits.heatUntilC)}.`;
}

function coolingText(limits: Thresholds, waterC: number, before: ThermostatDemand): string | null {
  if (waterC > limits.coolAboveC) return `Cooling: ${compared(waterC, "is above", limits.coolAboveC)}.`;
  if (before !== "cooling" || waterC <= limits.coolUntilC) return null;
  return `Cooling: ${compared(waterC, "has not yet come down to", limits.coolUntilC)}.`;
}

function idleText(settings: ThermostatSettings, limits: Thresholds, valuesC: readonly (number | null)[]): string {
  const hasTwo = valuesC.every((value) => value !== null);
  const heat = `heating begins below ${degrees(limits.heatBelowC)}${hasTwo ? " at the higher probe" : ""}`;
  const cool = `cooling begins above ${degrees(limits.coolAboveC)}${hasTwo ? " at the lower probe" : ""}`;
  const parts = [settings.hasHeater ? [heat] : [], settings.hasChiller ? [cool] : []].flat();
  return `Idle at ${listOf(valuesC)}: ${parts.join(", ")}.`;
}

function blockedBySensor({ first, second }: ThermostatProbes) {
  const problems = [first, second].flatMap((input) => (input === null || input.isUsable ? [] : [input.problem]));
  const [problem] = problems;
  const whose = second === null ? `its sensor ${problem}` : `its sensors are not good (${problems.join("; ")})`;
  return { demand: "blocked", code: "sensor-not-good", text: `Neither heating nor cooling: ${whose}.` } as const;
}

function usableC(input: ControlInput): number | null {
  return input.isUsable ? input.value : null;
}

function listOf(valuesC: readonly (number | null)[]): string {
  return valuesC.flatMap((value) => (value === null ? [] : [degrees(value)])).join(" and ");
}

/** Two temperatures that differ are written so that they do. */
function compared(valueC: number, relation: string, limitC: number): string {
  const digits = valueC !== limitC && valueC.toFixed(2) === limitC.toFixed(2) ? 4 : 2;
  return `${degrees(valueC, digits)} ${relation} ${degrees(limitC, digits)}`;
}

export function degrees(valueC: number, digits = 2): string {
  return `${valueC.toFixed(digits)} °C`;
}
