import { ReefFault } from "#contract/errors.ts";
import type { Reading } from "#contract/readings.ts";
import type { BatchStore, JournalBatch } from "#main/journal/ports.ts";
import type { OutputEvent } from "#main/outputs/ports.ts";

/**
 * Postgres as the journal sees it: knows a reading by channel and instant, so that storing it again adds nothing.
 * away: refuses · hanging: never answers, stores nothing · unheard: stores, and never answers
 */
export class FakeBatchStore implements BatchStore {
  readonly readings: Reading[] = [];
  readonly outputEvents: OutputEvent[] = [];
  readonly batchRows: number[] = [];
  readonly sequences: number[] = [];
  mode: "up" | "away" | "hanging" | "unheard" = "up";
  /** Asked before each batch, where set. */
  nextMode: (() => FakeBatchStore["mode"]) | null = null;
  readonly #known = new Set<string>();

  async append(batch: JournalBatch): Promise<void> {
    if (this.nextMode !== null) this.mode = this.nextMode();
    if (this.mode === "away") throw new ReefFault("database-away", "The database does not answer");
    if (this.mode === "hanging") return new Promise<void>(() => {});
    this.#keep(batch);
    if (this.mode === "unheard") return new Promise<void>(() => {});
  }

  #keep(batch: JournalBatch): void {
    this.batchRows.push(batch.readings.length + batch.outputEvents.length);
    this.sequences.push(batch.sequence);
    for (const reading of batch.readings) {
      if (this.#isNew(`${reading.channelId} ${reading.takenAtMs}`)) this.readings.push(reading);
    }
    for (const event of batch.outputEvents) {
      if (this.#isNew(`${event.channelId} ${event.atMs} ${event.kind}`)) this.outputEvents.push(event);
    }
  }

  #isNew(key: string): boolean {
    const isNew = !this.#known.has(key);
    this.#known.add(key);
    return isNew;
  }
}
