import type { JournalBatch, Spool } from "../journal/ports.ts";
import type { Ask } from "./ports.ts";
import { decodeBatch, encodeBatch } from "./spool-codec.ts";

/** What one answer may bring to the main loop at most, so that decoding it never holds up control. */
const PEEK_ROWS = 10_000;

/** The spool in the encrypted file. */
export class StoredSpool implements Spool {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async push(batch: JournalBatch): Promise<void> {
    const encoded = encodeBatch(batch);
    await this.#ask("push", encoded, [encoded.payload]);
  }

  async peek(limit: number): Promise<readonly JournalBatch[]> {
    const stored = await this.#ask("peek", { batches: limit, rows: PEEK_ROWS });
    return stored.map(decodeBatch);
  }

  async dropThrough(sequence: number): Promise<void> {
    await this.#ask("dropThrough", { sequence });
  }

  size(): Promise<number> {
    return this.#ask("size", null);
  }

  lastSequence(): Promise<number> {
    return this.#ask("lastSequence", null);
  }

  async reserve(through: number): Promise<void> {
    await this.#ask("sql", { statement: "reserveSequence", params: [through] });
  }
}
