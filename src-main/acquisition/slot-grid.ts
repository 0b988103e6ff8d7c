import type { Cancel, Clock } from "../platform/ports.ts";

/** A slot that came due. */
export interface DueSlot {
  /** How long after its moment it is served, ms. */
  readonly latenessMs: number;
  /** Slots before it that went by unserved: the program was held up past them. They are never caught up. */
  readonly skipped: number;
}

interface SlotGridParts {
  readonly clock: Clock;
  /** When slot 0 is due, monotonic ms. */
  readonly originMs: number;
  readonly periodMs: number;
  readonly onSlot: (due: DueSlot) => void;
}

/** Slots at origin + n x period on the monotonic scale: counted, so no lateness adds up and no wall clock moves them. */
export class SlotGrid {
  readonly #parts: SlotGridParts;
  #slot = 0;
  #cancel: Cancel = () => {};

  constructor(parts: SlotGridParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#wait();
  }

  stop(): void {
    this.#cancel();
  }

  #dueMs(): number {
    return this.#parts.originMs + this.#slot * this.#parts.periodMs;
  }

  #wait(): void {
    this.#cancel = this.#parts.clock.at(this.#dueMs(), this.#serve);
  }

  readonly #serve = (): void => {
    const { clock, periodMs, onSlot } = this.#parts;
    const behindMs = clock.monotonicMs() - this.#dueMs();
    const skipped = Math.max(0, Math.floor(behindMs / periodMs));
    this.#slot += skipped;
    const latenessMs = Math.max(0, behindMs - skipped * periodMs);
    this.#slot += 1;
    this.#wait();
    onSlot({ latenessMs, skipped });
  };
}
