import type { Asked, Claim } from "#domain/outputs/arbitrate.ts";
import { levelInWords } from "#domain/outputs/words.ts";

/** What was found at a device that somebody switched himself, and what it was found against. */
interface Found {
  readonly levelPct: number;
  readonly against: string;
}

/** A device that was switched by hand and is left so: until what is wanted of it changes. */
export class HandSwitched {
  #found: Found | null = null;

  /** A hand may have something to say. */
  get isFound(): boolean {
    return this.#found !== null;
  }

  /** It was found at this level while this was wanted. */
  found(levelPct: number, asked: Asked): void {
    this.#found = { levelPct, against: keyOf(asked) };
  }

  /** @returns what the hand says, while the same is wanted as when it was found; null: nothing */
  claim(asked: Asked): Claim | null {
    if (this.#found === null) return null;
    if (this.#found.against !== keyOf(asked)) {
      this.#found = null;
      return null;
    }
    const { levelPct } = this.#found;
    const text = `${levelInWords(levelPct)}: switched at the device itself, and left so until something else is wanted of it.`;
    return { levelPct, why: { code: "switched-by-hand", text, untilMs: null }, by: null, isUrgent: true };
  }
}

function keyOf({ owner, levelPct, why }: Asked): string {
  return `${owner} ${levelPct} ${why.code}`;
}
