/** A condition as the core says it, taken apart: which sentence it is, and what is in it. */
export interface SaidCondition {
  readonly key:
    | "between"
    | "atLeast"
    | "atMost"
    | "probe"
    | "probes"
    | "water"
    | "waterAbove"
    | "on"
    | "onFor"
    | "off"
    | "offFor"
    | "fresh"
    | "notEmpty"
    | "dry";
  readonly values: Readonly<Record<string, string>>;
}

const PATTERNS: readonly (readonly [SaidCondition["key"], RegExp])[] = [
  ["probe", /^Its probe is good and fresh$/],
  ["probes", /^One of its probes is good and fresh$/],
  ["water", /^The water is below (?<limit>.+)$/],
  ["between", /^(?<name>.+): at least (?<min>.+) and at most (?<max>.+)$/],
  ["atLeast", /^(?<name>.+): at least (?<min>.+)$/],
  ["atMost", /^(?<name>.+): at most (?<max>.+)$/],
  ["waterAbove", /^The water is above (?<limit>.+)$/],
  ["onFor", /^(?<name>.+): on for (?<time>.+)$/],
  ["offFor", /^(?<name>.+): off for (?<time>.+)$/],
  ["on", /^(?<name>.+): on$/],
  ["off", /^(?<name>.+): off$/],
  ["fresh", /^(?<name>.+): good and fresh$/],
  ["notEmpty", /^(?<name>.+): not empty$/],
  ["dry", /^(?<name>.+): dry$/],
];

/** @returns null where it is a sentence nobody knows here: it is told as it was said */
export function saidCondition(text: string): SaidCondition | null {
  for (const [key, pattern] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return { key, values: { ...found.groups } };
  }
  return null;
}
