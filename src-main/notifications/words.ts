import type { AlarmKind, AlarmPriority, AnnouncedAlarm } from "#contract/alarms.ts";

const PRIORITY_WORD: Readonly<Record<AlarmPriority, string>> = {
  critical: "CRITICAL",
  high: "High priority",
  medium: "Medium priority",
  low: "Low priority",
};

export function priorityWord(priority: AlarmPriority): string {
  return PRIORITY_WORD[priority];
}

/** Decimals that mean something, by unit; others have up to four significant figures. */
const DECIMALS: Readonly<Record<string, number>> = { "°C": 2, pH: 2, mV: 0, ppt: 1, W: 0, "%": 0 };

/** How a kind's value and limit are called. Those that are not here have a state and no figures. */
const FIGURES: Partial<Record<AlarmKind, { readonly value: string; readonly isTimes?: boolean }>> = {
  "low-low": { value: "Value" },
  low: { value: "Value" },
  high: { value: "Value" },
  "high-high": { value: "Value" },
  "rate-of-change": { value: "Change" },
  deviation: { value: "Distance from the set-point" },
  discrepancy: { value: "Difference" },
  drift: { value: "Against the usual", isTimes: true },
};

/** A value with its unit, as a person says it. @param value null: there was none that could be used */
export function figureWords(value: number | null, unit: string): string {
  if (value === null) return "none that can be trusted";
  if (unit === "wet") return value > 0 ? "wet" : "dry";
  const decimals = DECIMALS[unit];
  const figure = decimals === undefined ? String(Number(value.toPrecision(4))) : value.toFixed(decimals);
  return unit === "" ? figure : `${figure} ${unit}`;
}

/** Value and limit in one line, or nothing for the kinds that have none. @param tense whether it is that of now */
export function reasonWords(alarm: AnnouncedAlarm, tense: "then" | "now"): string[] {
  const { kind, value, setpoint } = alarm;
  if (kind === "digital") return value === null ? [] : [`State: ${figureWords(value, alarm.unit)}.`];
  const figures = FIGURES[kind];
  if (figures === undefined) return [];
  const unit = figures.isTimes === true ? "times" : alarm.unit;
  const limit = setpoint === null ? "" : `, limit ${figureWords(setpoint, unit)}`;
  return [`${figures.value}${tense === "now" ? " now" : ""}: ${figureWords(value, unit)}${limit}.`];
}
