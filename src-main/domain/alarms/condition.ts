import type { AlarmDefinition } from "#contract/alarms.ts";
import type { Quality, QualityReason } from "#contract/readings.ts";

/** What an alarm looks at. */
export interface AlarmInput {
  readonly value: number | null;
  readonly quality: Quality;
  readonly reason: QualityReason | null;
}

/**
 * What the input says of the alarm's condition. `between`: inside the limit, but not yet by the deadband, so whatever
 * was so before stays so. `unknown`: the input cannot be judged; the alarm holds, and the probe's own alarm speaks.
 */
export type Condition = "violated" | "between" | "clear" | "unknown";

/** 26.7 - 26.55 is less than 0.15 in binary; far below what any probe resolves. */
const ROUNDING = 1e-9;

/** Judges one input. Limits: violated beyond the setpoint, clear when back inside by the deadband. */
export function conditionOf(definition: AlarmDefinition, input: AlarmInput): Condition {
  switch (definition.kind) {
    case "bad-measurement":
      return isUnusable(input) ? "violated" : input.reason === "stale" ? "between" : "clear";
    case "stale":
      return input.reason === "stale" || input.reason === "no-reading" ? "violated" : "clear";
    case "low-low":
    case "low":
      return limitCondition(
        input,
        (value) => value - (definition.setpoint ?? Number.NEGATIVE_INFINITY),
        definition.deadband,
      );
    case "high":
    case "high-high":
      return limitCondition(
        input,
        (value) => (definition.setpoint ?? Number.POSITIVE_INFINITY) - value,
        definition.deadband,
      );
    case "digital":
      return digitalCondition(input, definition.setpoint);
    default:
      // Those that no reading answers by itself.
      return "unknown";
  }
}

/** Two values, 0 and 1; one of them is wrong. */
function digitalCondition({ quality, value }: AlarmInput, wrong: number | null): Condition {
  if (quality !== "good" || value === null || wrong === null) return "unknown";
  return value >= 0.5 === wrong >= 0.5 ? "violated" : "clear";
}

/** Bad, or held for any reason but age: a probe that jumped, or says what no tank has, is not measuring. */
function isUnusable({ quality, reason }: AlarmInput): boolean {
  return quality === "bad" ? reason !== "no-reading" : quality === "uncertain" && reason !== "stale";
}

function limitCondition(input: AlarmInput, insideBy: (value: number) => number, deadband: number): Condition {
  if (input.quality !== "good" || input.value === null) return "unknown";
  const margin = insideBy(input.value);
  if (margin < 0) return "violated";
  return margin >= deadband - ROUNDING ? "clear" : "between";
}
