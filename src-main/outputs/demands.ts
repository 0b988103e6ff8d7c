import type { Claim } from "#domain/outputs/arbitrate.ts";
import type { Wish } from "./ports.ts";

/** What protections need to be on; the highest level any of them asks for. */
export class Demands {
  readonly #wishes = new Map<string, Wish>();

  /** @returns true where that is a change */
  set(code: string, wish: Wish | null): boolean {
    const before = this.#wishes.get(code);
    if (wish === null) return this.#wishes.delete(code);
    this.#wishes.set(code, wish);
    return before?.levelPct !== wish.levelPct;
  }

  claim(): Claim | null {
    if (this.#wishes.size === 0) return null;
    const [highest] = [...this.#wishes.values()].sort((a, b) => b.levelPct - a.levelPct);
    if (highest === undefined) return null;
    const { levelPct, code, text } = highest;
    return { levelPct, why: { code, text, untilMs: null }, by: null, isUrgent: true };
  }
}
