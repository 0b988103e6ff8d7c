import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";
import { pause } from "./bench.ts";
import { GAP_MS } from "./crossings.ts";

const BODY = "x".repeat(1_000);

/** SQLite as it comes, in the mode the local store runs it in (write-ahead log, `synchronous = FULL`), without its cipher. */
export class BareStore {
  readonly #folder: string;
  readonly #db: Database;

  private constructor(folder: string, db: Database) {
    this.#folder = folder;
    this.#db = db;
  }

  static async open(): Promise<BareStore> {
    const folder = await mkdtemp(join(tmpdir(), "reef-bench-commit-"));
    const db = new Database(join(folder, "bare.db"));
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.exec("create table event (id integer primary key, body text not null)");
    return new BareStore(folder, db);
  }

  /** What each of so many commits of one row takes, as far apart as the crossed limits are, ms. */
  async commitsMs(commits: number): Promise<number[]> {
    const insert = this.#db.prepare("insert into event (body) values (?)");
    const times: number[] = [];
    for (let n = 0; n < commits; n++) {
      const fromMs = performance.now();
      insert.run(BODY);
      times.push(performance.now() - fromMs);
      await pause(GAP_MS + (n % 10));
    }
    return times;
  }

  async dispose(): Promise<void> {
    this.#db.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
