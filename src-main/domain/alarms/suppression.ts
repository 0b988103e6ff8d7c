import type { AlarmDefinition } from "#contract/alarms.ts";
import type { Quantity } from "#contract/quantities.ts";

/** What a mode names, as kinds of alarms. The outer limits protect the tank and are none of them. */
const KINDS: Readonly<Record<string, AlarmDefinition["kind"]>> = {
  low: "low",
  high: "high",
  rate: "rate-of-change",
  deviation: "deviation",
  digital: "digital",
};

/**
 * Whether a mode that names these keeps the alarm quiet. Never the outer limits, and never a leak.
 * @param quantity what the alarm's channel measures; null: it has none
 */
export function isKeptQuiet(
  { kind }: AlarmDefinition,
  named: ReadonlySet<string>,
  quantity: Quantity | null,
): boolean {
  if (quantity === "leak") return false;
  for (const name of named) if (KINDS[name] === kind) return true;
  return false;
}
