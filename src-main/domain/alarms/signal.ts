import type { AlarmDefinition, AlarmPriority } from "#contract/alarms.ts";
import { type AlarmInput, type Condition, conditionOf } from "./condition.ts";

/** One of the things that are wrong, where an alarm watches words instead of a value. */
export interface SignalCause {
  readonly code: string;
  readonly text: string;
  /** null: the alarm's own. */
  readonly priority: AlarmPriority | null;
}

/** What an alarm's input says of its condition now. */
export interface Signal {
  readonly condition: Condition;
  /** What was judged, in the unit of the set-point; null: nothing that has a value. */
  readonly value: number | null;
  /** What stands now, for kinds that watch words; left out: a value speaks for itself. */
  readonly causes?: readonly SignalCause[];
}

export const UNKNOWN: Signal = { condition: "unknown", value: null };

/** Judges a reading by itself: limits, measurements and digital inputs. */
export function signalOf(definition: AlarmDefinition, input: AlarmInput): Signal {
  return { condition: conditionOf(definition, input), value: input.value };
}

/** @param causes what stands; none: all is well */
export function signalOfCauses(causes: readonly SignalCause[]): Signal {
  return { condition: causes.length > 0 ? "violated" : "clear", value: null, causes };
}

/**
 * Judges a distance, or a change, whichever way it goes: violated beyond the set-point, clear when it is back by the
 * deadband.
 */
export function signalOfSize(definition: AlarmDefinition, value: number): Signal {
  const margin = (definition.setpoint ?? Number.POSITIVE_INFINITY) - Math.abs(value);
  if (margin < -ROUNDING) return { condition: "violated", value };
  // A deadband wider than the set-point itself could never be cleared.
  const needed = Math.min(definition.deadband, (definition.setpoint ?? 0) / 2);
  return { condition: margin >= needed - ROUNDING ? "clear" : "between", value };
}

const ROUNDING = 1e-9;
