import type { Reading } from "#contract/readings.ts";
import type { OutputEvent } from "../outputs/ports.ts";

/** Rows that will be written together. */
export interface Rows {
  readonly readings: readonly Reading[];
  readonly outputEvents: readonly OutputEvent[];
}

interface Chunk {
  readonly readings: Reading[];
  readonly outputEvents: OutputEvent[];
}

export const countOf = ({ readings, outputEvents }: Rows): number => readings.length + outputEvents.length;

/** What waits in memory, in the order it came, cut into chunks so that neither adding nor taking copies anything. */
export class RowQueue {
  readonly #chunkRows: number;
  readonly #chunks: Chunk[] = [];
  #last: Chunk | null = null;

  constructor(chunkRows: number) {
    this.#chunkRows = chunkRows;
  }

  /** @returns true where it filled its chunk */
  addReading(reading: Reading): boolean {
    const chunk = this.#open();
    chunk.readings.push(reading);
    return countOf(chunk) === this.#chunkRows;
  }

  /** @returns true where it filled its chunk */
  addEvent(event: OutputEvent): boolean {
    const chunk = this.#open();
    chunk.outputEvents.push(event);
    return countOf(chunk) === this.#chunkRows;
  }

  /** The oldest chunk; null where nothing waits. */
  take(): Rows | null {
    const first = this.#chunks.shift() ?? null;
    if (first === this.#last) this.#last = null;
    return first;
  }

  #open(): Chunk {
    if (this.#last !== null && countOf(this.#last) < this.#chunkRows) return this.#last;
    this.#last = { readings: [], outputEvents: [] };
    this.#chunks.push(this.#last);
    return this.#last;
  }
}
