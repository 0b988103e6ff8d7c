import type { StoreDatabase } from "./store-database.ts";
import { StoreFault } from "./store-fault.ts";

const ALL = "select number, source from spool_source";
const ADD = "insert into spool_source values (?, ?)";

interface Row {
  readonly number: number;
  readonly source: string;
}

/** The few sources that every batch names again, each kept once and numbered: half of a batch's bytes otherwise. */
export class SpoolSources {
  readonly #db: StoreDatabase;
  #known: { readonly numbers: Map<string, number>; readonly sources: Map<number, string> } | null = null;

  constructor(db: StoreDatabase) {
    this.#db = db;
  }

  /** To be called inside the transaction of the batch that names it; `forget` when that fails. */
  numberOf(source: string): number {
    const { numbers, sources } = this.#load();
    const known = numbers.get(source);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    this.#db.prepare(ADD).run(number, source);
    numbers.set(source, number);
    sources.set(number, source);
    return number;
  }

  /** @throws StoreFault store-corrupt */
  sourceOf(number: number): string {
    const source = this.#load().sources.get(number);
    if (source === undefined)
      throw new StoreFault("store-corrupt", "The spool names a source that it does not know.");
    return source;
  }

  forget(): void {
    this.#known = null;
  }

  #load() {
    if (this.#known !== null) return this.#known;
    const rows = this.#db.prepare(ALL).all() as readonly Row[];
    this.#known = {
      numbers: new Map(rows.map(({ number, source }) => [source, number])),
      sources: new Map(rows.map(({ number, source }) => [number, source])),
    };
    return this.#known;
  }
}
