import type { Reading } from "#contract/readings.ts";
import type { OutputEvent } from "../outputs/ports.ts";

/** What is written together, in the order it happened. */
export interface JournalBatch {
  /** Grows by one a batch, over restarts; a batch is stored at most once. */
  readonly sequence: number;
  readonly readings: readonly Reading[];
  readonly outputEvents: readonly OutputEvent[];
}

/** Postgres, as the journal sees it: durable when it resolves; storing a batch twice is harmless. */
export interface BatchStore {
  /** @throws ReefFault database-away */
  append(batch: JournalBatch): Promise<void>;
}

/** The local store, as the journal sees it, while Postgres is away: first in, first out, durable when `push` resolves. */
export interface Spool {
  /** Batches come with growing sequences; one that is there already is left as it is. @throws ReefFault store-full and the store's others */
  push(batch: JournalBatch): Promise<void>;
  /** The oldest batches, at most `limit`. */
  peek(limit: number): Promise<readonly JournalBatch[]>;
  /** Drops every batch up to and including `sequence`. */
  dropThrough(sequence: number): Promise<void>;
  /** How many batches wait. */
  size(): Promise<number>;
  /** The highest sequence ever pushed or reserved; 0 where none was. */
  lastSequence(): Promise<number>;
  /** Durable when it resolves: sequences up to and including this one may be in use, so that no later run uses them again. */
  reserve(through: number): Promise<void>;
}

export interface JournalState {
  readonly isDraining: boolean;
  /** Rows in memory not yet durable anywhere. */
  readonly pendingRows: number;
  readonly spooledBatches: number;
  readonly lastCommitAtMs: number | null;
  readonly lastError: string | null;
  /** Rows given up because neither Postgres nor the spool took them; anything but 0 is a fault. */
  readonly lostRows: number;
}

export interface JournalService {
  state(): JournalState;
  /** Resolves when everything handed over so far is durable, in Postgres or in the spool. */
  flush(): Promise<void>;
}
