/** The units a span of time is typed in, s each. */
export const DURATION_UNITS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const;
export type DurationUnit = keyof typeof DURATION_UNITS;

/** The largest unit in which it is a whole number. */
export function unitFor(durationS: number | null, units: readonly DurationUnit[]): DurationUnit {
  const [first = "s"] = units;
  if (durationS === null || Number.isNaN(durationS) || durationS === 0)
    return units.includes("min") ? "min" : first;
  return units.findLast((unit) => durationS % DURATION_UNITS[unit] === 0) ?? first;
}
