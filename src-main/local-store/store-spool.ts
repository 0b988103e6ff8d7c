import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { SpooledBatch } from "./protocol.ts";
import { SpoolSources } from "./spool-sources.ts";
import type { StoreDatabase } from "./store-database.ts";
import { StoreFault } from "./store-fault.ts";

const MIB = 1024 * 1024;
/** The columns of sensor values hardly shrink further at higher levels. */
const DEFLATE = { level: 1 };
const NEWEST = "select sequence, ordinal from spool order by sequence desc limit 1";
const OLDEST = "select sequence, ordinal from spool order by sequence limit 1";
const INSERT = "insert or ignore into spool values (?, ?, ?, ?, ?)";
const INITIAL = "select sequence, rows, sources, payload from spool order by sequence limit ?";
const DELETE = "delete from spool where sequence <= ?";
const MARK =
  "update spool_mark set sequence = max(sequence, coalesce((select max(sequence) from spool where sequence <= ?), 0))";
const TOUCH = "update spool_mark set sequence = sequence";
const MARKED = "select sequence from spool_mark";

interface Position {
  readonly sequence: number;
  readonly ordinal: number;
}

interface Row {
  readonly sequence: number;
  readonly rows: number;
  readonly sources: Uint8Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** First in, first out, in the encrypted file. */
export class StoreSpool {
  readonly #db: StoreDatabase;
  readonly #limitBytes: number;
  readonly #sources: SpoolSources;

  constructor(db: StoreDatabase, limitBytes: number) {
    this.#db = db;
    this.#sources = new SpoolSources(db);
    this.#limitBytes = limitBytes;
  }

  /** @throws StoreFault store-full */
  push({ sequence, rows, sources, payload }: SpooledBatch): void {
    this.#assertRoom();
    const columns = deflateRawSync(new Uint8Array(payload), DEFLATE);
    try {
      this.#db.transaction(() => this.#insert({ sequence, rows, sources, columns }));
    } catch (error) {
      this.#sources.forget();
      throw error;
    }
  }

  /** The oldest, as far as both limits allow; always at least one where one waits. */
  peek(batches: number, rows: number): readonly SpooledBatch[] {
    const found: SpooledBatch[] = [];
    let taken = 0;
    for (const row of this.#db.prepare(INITIAL).iterate(batches) as Iterable<Row>) {
      taken += row.rows;
      if (found.length > 0 && taken > rows) break;
      found.push({
        sequence: row.sequence,
        rows: row.rows,
        sources: Array.from(new Uint32Array(inflated(row.sources)), (number) => this.#sources.sourceOf(number)),
        payload: inflated(row.payload),
      });
    }
    return found;
  }

  dropThrough(sequence: number): void {
    this.#db.transaction(() => {
      this.#db.prepare(MARK).run(sequence);
      this.#db.prepare(DELETE).run(sequence);
    });
    if (this.#position(OLDEST) === null) this.#db.shrink();
  }

  size(): number {
    const oldest = this.#position(OLDEST);
    const newest = this.#position(NEWEST);
    return oldest === null || newest === null ? 0 : newest.ordinal - oldest.ordinal + 1;
  }

  lastSequence(): number {
    const marked = this.#db.prepare(MARKED).get() as { readonly sequence: number };
    return Math.max(marked.sequence, this.#position(NEWEST)?.sequence ?? 0);
  }

  /** @throws StoreFault store-full; SqliteError where the disk is */
  probe(): void {
    this.#assertRoom();
    this.#db.prepare(TOUCH).run();
  }

  #assertRoom(): void {
    if (this.#db.usedBytes() < this.#limitBytes) return;
    throw new StoreFault(
      "store-full",
      `The spool for history is full (${Math.ceil(this.#limitBytes / MIB)} MiB); bring the database back or make room on the disk.`,
    );
  }

  #insert(batch: { sequence: number; rows: number; sources: readonly string[]; columns: Uint8Array }): void {
    const numbers = Uint32Array.from(batch.sources, (source) => this.#sources.numberOf(source));
    const ordinal = (this.#position(NEWEST)?.ordinal ?? 0) + 1;
    const named = deflateRawSync(new Uint8Array(numbers.buffer), DEFLATE);
    this.#db.prepare(INSERT).run(batch.sequence, ordinal, batch.rows, named, batch.columns);
  }

  #position(sql: string): Position | null {
    return (this.#db.prepare(sql).get() as Position | undefined) ?? null;
  }
}

/** A copy of its own: what crosses to the main side is handed over whole. */
function inflated(payload: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const bytes = inflateRawSync(payload);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
