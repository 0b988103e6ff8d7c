import type { Clock } from "../platform/ports.ts";
import type { OutputDrive } from "./output-drive.ts";
import type { SwitchingTimes } from "./switching-times.ts";

type Driven = Pick<OutputDrive, "wantedPct" | "actualPct" | "confirmation">;

/** Since when an output is known to be on, or off: by its device's own word, not by what it was told. */
export class KnownState {
  readonly #clock: Clock;
  readonly #times: SwitchingTimes;
  #known: { readonly isOn: boolean; readonly sinceMs: number } | null = null;

  constructor(clock: Clock, times: SwitchingTimes) {
    this.#clock = clock;
    this.#times = times;
  }

  note({ wantedPct, actualPct, confirmation }: Driven): void {
    if (confirmation === "confirmed" && actualPct !== null) {
      const isOn = actualPct > 0;
      if (this.#known?.isOn !== isOn) this.#known = { isOn, sinceMs: this.#clock.monotonicMs() };
      return;
    }
    // One answer that is missed is asked for again at once, and changes nothing yet.
    const isHiccup = confirmation === "pending" && this.#known?.isOn === (wantedPct ?? 0) > 0;
    if (!isHiccup) this.#known = null;
  }

  /** ms; null: it is not on, or nobody knows. */
  onForMs(): number | null {
    return this.#known?.isOn === true ? this.#clock.monotonicMs() - this.#known.sinceMs : null;
  }

  /** ms, over restarts too; infinite: it was never on as far as is known. null: it is not off, or nobody knows. */
  offForMs(): number | null {
    if (this.#known?.isOn !== false) return null;
    return this.#times.running().offForMs ?? Number.POSITIVE_INFINITY;
  }
}
