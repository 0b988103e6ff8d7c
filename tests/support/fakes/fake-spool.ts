import { ReefFault } from "#contract/errors.ts";
import type { JournalBatch, Spool } from "#main/journal/ports.ts";

/** A spool in memory that outlives its journal. `fault` makes every call fail so; `isHanging` makes pushes hang. */
export class FakeSpool implements Spool {
  readonly batches: JournalBatch[] = [];
  pushes = 0;
  fault: "store-full" | "store-corrupt" | null = null;
  isHanging = false;
  #last = 0;

  async push(batch: JournalBatch): Promise<void> {
    this.#assertWell();
    if (this.isHanging) return new Promise<void>(() => {});
    this.pushes += 1;
    this.#last = Math.max(this.#last, batch.sequence);
    if (!this.batches.some((known) => known.sequence === batch.sequence)) this.batches.push(batch);
  }

  async peek(limit: number): Promise<readonly JournalBatch[]> {
    if (this.fault === "store-corrupt") this.#assertWell();
    return this.batches.slice(0, limit);
  }

  async dropThrough(sequence: number): Promise<void> {
    const kept = this.batches.filter((batch) => batch.sequence > sequence);
    this.batches.splice(0, this.batches.length, ...kept);
  }

  async size(): Promise<number> {
    return this.batches.length;
  }

  async lastSequence(): Promise<number> {
    return this.#last;
  }

  async reserve(through: number): Promise<void> {
    this.#assertWell();
    this.#last = Math.max(this.#last, through);
  }

  #assertWell(): void {
    if (this.fault !== null) throw new ReefFault(this.fault, "The spool does not work");
  }
}
