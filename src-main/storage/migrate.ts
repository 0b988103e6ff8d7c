import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { ReefFault } from "#contract/errors.ts";
import type { Logger } from "../platform/ports.ts";
import { faultFrom } from "./faults.ts";

export interface Migration {
  /** 1, 2, 3 …, without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, so that a changed one is noticed. */
  readonly checksum: string;
}

const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Any number will do as long as it is always this one: two programs never migrate one database at once. */
const LOCK_KEY = 7_335_521;
const MIGRATION_LIMIT_MS = 30 * 60_000;

/** Reads `NNNN-name.sql` files in order. @throws ReefFault internal where the numbers have gaps or the folder is not there */
export async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new ReefFault("internal", "The database's migrations are missing: install the program again", {
      cause: error,
    });
  });
  const found: Migration[] = [];
  for (const file of names.sort()) {
    const [, number, name] = FILE_NAME.exec(file) ?? [];
    if (number === undefined || name === undefined) continue;
    const sql = (await readFile(new URL(file, folder), "utf8")).replaceAll("\r\n", "\n");
    const checksum = createHash("sha256").update(sql).digest("hex");
    found.push({ version: Number(number), name, sql, checksum });
    if (Number(number) !== found.length)
      throw new ReefFault("internal", `Migration ${file} leaves a gap before it`);
  }
  if (found.length === 0)
    throw new ReefFault("internal", "The database's migrations are missing: install the program again");
  return found;
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Brings the database to the newest of `migrations`; each is one transaction, and only one program does it at a time.
 * @throws ReefFault database-newer where a newer program was here, and nothing is touched; internal where an applied
 *   migration was changed; database-away
 */
export async function migrate(
  config: pg.ClientConfig,
  migrations: readonly Migration[],
  log: Logger,
): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 3_000, query_timeout: MIGRATION_LIMIT_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(`set statement_timeout = ${MIGRATION_LIMIT_MS}; set time zone 'UTC'`);
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    for (const migration of await missing(client, migrations)) {
      await apply(client, migration);
      log.info({ version: migration.version, name: migration.name }, "the database was migrated");
    }
  } catch (error) {
    throw faultFrom(error);
  } finally {
    await client
      .end()
      .catch((error: unknown) => log.debug({ error }, "the migration's connection did not end cleanly"));
  }
}

async function missing(client: pg.Client, known: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    "select to_regclass('schema_migration')::text as found",
  );
  if (tables[0]?.found === null) return known;
  const { rows } = await client.query<Applied>(
    "select version, name, checksum from schema_migration order by version",
  );
  const newest = rows.at(-1)?.version ?? 0;
  if (newest > known.length) {
    throw new ReefFault(
      "database-newer",
      `The database is at version ${newest} and this program knows ${known.length}: start the newer program that made it`,
    );
  }
  const changed = rows.find((row) => known[row.version - 1]?.checksum !== row.checksum);
  if (changed !== undefined) {
    throw new ReefFault(
      "internal",
      `Migration ${changed.version} (${changed.name}) is not the one this database was made with: install the program again`,
    );
  }
  return known.slice(rows.length);
}

async function apply(client: pg.Client, { version, name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin read write");
  try {
    await client.query(`create table if not exists schema_migration (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
    await client.query(sql);
    await client.query("insert into schema_migration (version, name, checksum) values ($1, $2, $3)", [
      version,
      name,
      checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    // Where the connection is gone the server has rolled back by itself; `error` says why.
    await client.query("rollback").catch(() => {});
    throw error;
  }
}
