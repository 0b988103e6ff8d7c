import type { OutputFault } from "#contract/outputs.ts";
import type { OutputRole } from "#contract/quantities.ts";
import type { Spoken } from "../../i18n/use-translation.ts";

const FALLBACK = "other";

/** What a person looks at before a fault is reset, in his language: by the fault, and by what the output is for. */
export function faultChecks(i18n: Spoken, code: OutputFault["code"], role: OutputRole): readonly string[] {
  const at = (...path: readonly string[]) => i18n.getResource(i18n.language, "interlocks", path.join("."));
  const ofCode = at("fault", "check", code) === undefined ? FALLBACK : code;
  const list = at("fault", "check", ofCode, role) ?? at("fault", "check", ofCode, FALLBACK);
  return typeof list === "object" ? Object.values(list).filter((text) => typeof text === "string") : [];
}
