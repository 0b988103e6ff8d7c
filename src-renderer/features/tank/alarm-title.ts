import type { AlarmDefinition, ControllerCheck } from "#contract/alarms.ts";
import type { Quantity } from "#contract/quantities.ts";
import type { Translate } from "../../i18n/translator.ts";

type Named = Pick<AlarmDefinition, "name" | "kind">;

/** Listed here, for the contract's own list would bring its whole program to the first screen. */
const CHECKS: Readonly<Record<ControllerCheck, true>> = {
  acquisition: true,
  outputs: true,
  database: true,
  clock: true,
  disk: true,
  "local-store": true,
  "under-voltage": true,
  "safe-mode": true,
};
const CONTROLLER = "Controller ";

/** «Display temperature change in 2 h», as an alarm that was offered is named. */
const RATE = / change in \d+ (?:h|min)$/;

/**
 * What an alarm says: one that is still named as it was offered, in a sentence of the reader's language; any other by
 * the name its keeper gave it.
 * @param quantity what its sensor measures; undefined: it has none, or none that is known
 */
export function alarmTitle({ name, kind }: Named, quantity: Quantity | undefined, t: Translate<"tank">): string {
  if (kind === "controller") {
    const check = name.startsWith(CONTROLLER) ? name.slice(CONTROLLER.length) : "";
    return isCheck(check) ? t(`alarm.check.${check}`) : name;
  }
  const label = kind === "rate-of-change" ? RATE.exec(name)?.[0] : ` ${kind}`;
  if (label === undefined || !name.endsWith(label)) return name;
  const words = { name: name.slice(0, -label.length) };
  return t(quantity === "leak" && kind === "high-high" ? "alarm.wet" : `alarm.${kind}`, words);
}

function isCheck(text: string): text is ControllerCheck {
  return Object.hasOwn(CHECKS, text);
}
