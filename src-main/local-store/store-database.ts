import Database from "better-sqlite3-multiple-ciphers";
import { MIGRATIONS, SMALL_TABLES } from "./migrations.ts";
import type { SqlRow, SqlValue, StoreFile } from "./protocol.ts";
import { STATEMENTS, type StatementName } from "./statements.ts";
import { StoreFault } from "./store-fault.ts";

type Statement = ReturnType<Database["prepare"]>;

/** Up to this size the whole file is read through at start (milliseconds); beyond, the small tables are. */
const FULL_CHECK_BYTES = 1024 * 1024;
const CHECKPOINT_PAGES = 1000;
const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/** The encrypted file, in the worker: synchronous, and the only user of the addon. */
export class StoreDatabase {
  readonly #db: Database;
  readonly #prepared = new Map<string, Statement>();

  private constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Opens and brings the schema up to date.
   * @throws StoreFault database-newer; SqliteError as SQLite says it. Nothing is written before the key has proved right.
   */
  static open(file: StoreFile): StoreDatabase {
    const db = new Database(file.path, { fileMustExist: true, timeout: 0 });
    try {
      unlock(db, file);
      migrate(db);
      db.pragma("journal_mode = WAL");
      check(db);
      return new StoreDatabase(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Runs one of the named statements. @returns its rows; none where it only writes */
  call(statement: StatementName, params: readonly SqlValue[]): readonly SqlRow[] {
    const prepared = this.prepare(STATEMENTS[statement]);
    if (prepared.reader) return prepared.all(...params) as SqlRow[];
    prepared.run(...params);
    return [];
  }

  prepare(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const made = this.#db.prepare(sql);
    this.#prepared.set(sql, made);
    return made;
  }

  transaction(work: () => void): void {
    this.#db.transaction(work).immediate();
  }

  /** Bytes in use, without those that deleted rows left free. */
  usedBytes(): number {
    return (this.#number("page_count") - this.#number("freelist_count")) * this.#number("page_size");
  }

  /** Gives the pages that deleted rows left free back to the disk. */
  shrink(): void {
    this.#db.pragma("incremental_vacuum");
  }

  close(): void {
    this.#db.close();
  }

  #number(pragma: string): number {
    return Number(this.#db.pragma(pragma, { simple: true }));
  }
}

/**
 * ChaCha20-Poly1305, because a Pi 4 has no AES instructions; a raw key, because deriving one from a passphrase costs
 * a tenth of a second a start. Alone on the file (EXCLUSIVE), which also does without a shared-memory file.
 */
function unlock(db: Database, { keyHex, saltHex }: StoreFile): void {
  db.pragma("cipher = 'chacha20'");
  db.pragma(`key = 'raw:${keyHex}${saltHex}'`);
  db.pragma("locking_mode = EXCLUSIVE");
  db.pragma("synchronous = FULL");
  db.pragma("temp_store = MEMORY");
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
}

function migrate(db: Database): void {
  const version = Number(db.pragma("user_version", { simple: true }));
  if (version > MIGRATIONS.length) {
    throw new StoreFault(
      "database-newer",
      `The local store local.db was made by a newer program (its schema ${version}, ours ${MIGRATIONS.length}); start that program, or update this one.`,
    );
  }
  if (version === MIGRATIONS.length) return;
  if (version === 0) db.pragma("auto_vacuum = INCREMENTAL");
  db.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

function check(db: Database): void {
  const bytes =
    Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true }));
  const checks =
    bytes <= FULL_CHECK_BYTES ? ["quick_check"] : SMALL_TABLES.map((table) => `quick_check('${table}')`);
  for (const pragma of checks) {
    const finding = db.pragma(pragma, { simple: true });
    if (finding !== "ok") {
      throw new StoreFault(
        "store-corrupt",
        `The local store local.db is damaged (${firstOf(String(finding))}); put a copy from a backup in its place, or move it away to start a new one.`,
      );
    }
  }
}

/** The check's report has a headline and a line for each page; one of them is enough for a person. */
function firstOf(report: string): string {
  return report.split("\n").find((line) => !line.startsWith("***")) ?? report;
}
