import type { DeclaredState, OutputSettings } from "#contract/channels.ts";
import type { Why } from "./arbitrate.ts";
import { levelInWords } from "./words.ts";

interface Past {
  /** A generic output is switched by hand alone. */
  readonly isGeneric: boolean;
  /** Somebody held it since power-up, or an override did before it. */
  readonly wasOwned: boolean;
  /** What it was at before a hand or a stop took it, %; null: unknown. */
  readonly lastFreePct: number | null;
}

/**
 * Where an output is while nobody asks for it: its power-up state; where that is "unchanged" and it has been held
 * since, its safe state; where that is "unchanged" too, what it was at before.
 */
export function restStateFrom(
  settings: OutputSettings,
  past: Past,
): { readonly state: DeclaredState; readonly why: Why } {
  const tail = past.isGeneric ? "It is switched by hand alone." : "Nothing asks for it.";
  const at = (code: string, state: DeclaredState, of: string) => {
    const head = state === "unchanged" ? "Left as its device has it" : `${levelInWords(state)}, its ${of}`;
    return { state, why: { code, text: `${head}. ${tail}`, untilMs: null } };
  };
  if (settings.powerUpState !== "unchanged") return at("power-up-state", settings.powerUpState, "power-up state");
  if (!past.wasOwned) return at("power-up-state", "unchanged", "power-up state");
  if (settings.safeState !== "unchanged") return at("safe-state", settings.safeState, "safe state");
  return at("last-state", past.lastFreePct ?? "unchanged", "last state");
}
