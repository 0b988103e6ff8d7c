import { ReefFault } from "#contract/errors.ts";
import type { Claim } from "#domain/outputs/arbitrate.ts";
import type { Wish } from "./ports.ts";

type AutomaticOwner = "mode" | "schedule" | "loop";

interface Held {
  readonly claimant: string;
  readonly wish: Wish;
}

/** `mode:…` and `schedule:…` speak as what they name; every other claimant is a loop. */
function ownerOf(claimant: string): AutomaticOwner {
  if (claimant.startsWith("mode:")) return "mode";
  return claimant.startsWith("schedule:") ? "schedule" : "loop";
}

/** Who wants what of one output by itself: at most one mode, and at most one schedule or loop. */
export class Claims {
  #mode: Held | null = null;
  #automatic: Held | null = null;

  get mode(): Claim | null {
    return this.#mode === null ? null : claimFrom(this.#mode);
  }

  get automatic(): (Claim & { readonly owner: "schedule" | "loop" }) | null {
    const held = this.#automatic;
    if (held === null) return null;
    return { ...claimFrom(held), owner: ownerOf(held.claimant) === "schedule" ? "schedule" : "loop" };
  }

  /**
   * @returns true where the level, the code, the plan or the urgency changed, and not only the words
   * @throws ReefFault conflict when another claimant holds it
   */
  take(claimant: string, wish: Wish | null): boolean {
    const isMode = ownerOf(claimant) === "mode";
    const held = isMode ? this.#mode : this.#automatic;
    if (held !== null && held.claimant !== claimant) {
      if (wish === null) return false;
      throw new ReefFault(
        "conflict",
        `This output is already driven by ${held.claimant}; let go of it there first.`,
        {
          context: { holder: held.claimant, claimant },
        },
      );
    }
    const next = wish === null ? null : { claimant, wish };
    if (isMode) this.#mode = next;
    else this.#automatic = next;
    return !isSameWish(held?.wish ?? null, wish);
  }

  drop(): void {
    this.#mode = null;
    this.#automatic = null;
  }
}

function claimFrom({ claimant, wish }: Held): Claim {
  const why = { code: wish.code, text: wish.text, untilMs: wish.untilMs ?? null };
  return { levelPct: wish.levelPct, why, by: claimant, isUrgent: wish.isUrgent === true, forS: wish.forS ?? null };
}

function isSameWish(a: Wish | null, b: Wish | null): boolean {
  if (a === null || b === null) return a === b;
  const isSameUrgency = (a.isUrgent === true) === (b.isUrgent === true);
  return a.levelPct === b.levelPct && a.code === b.code && a.forS === b.forS && isSameUrgency;
}
