import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isMainThread } from "node:worker_threads";
import pg from "pg";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import type { Clock } from "#main/platform/ports.ts";
import { Database } from "#main/storage/database.ts";
import { EmbeddedServer } from "#main/storage/embedded/embedded-server.ts";
import type { SecretStore } from "#main/storage/ports.ts";
import type { DatabaseSource } from "#main/storage/source.ts";

/**
 * One real embedded PostgreSQL for each Vitest worker. It is left running between test files, the next of which adopts
 * it, and taken away (data and all) when the test run is over, however it ends.
 */
const runPid = isMainThread ? process.ppid : process.pid;
const workerDir = path.join(os.tmpdir(), `reef-test-${runPid}-${process.env["VITEST_POOL_ID"] ?? "0"}`);

let worker: Promise<EmbeddedServer> | null = null;

async function startWorkerServer(): Promise<EmbeddedServer> {
  const server = new EmbeddedServer({
    dataDir: workerDir,
    secrets: fileSecrets(path.join(workerDir, "secret")),
    clock: new RealClock(),
    log: SILENT_LOG,
  });
  await server.makeReady(new AbortController().signal);
  if (await isFirstFile()) removeAfterRun();
  return server;
}

/** A database of its own for one test file (or one test): empty, or migrated when `Database.start` was called. */
export interface FreshDatabase {
  readonly name: string;
  readonly config: pg.ClientConfig;
  /** For `new Database({ source, … })`. Stopping it leaves the server alone. */
  readonly source: DatabaseSource;
  remove(): Promise<void>;
}

export async function freshDatabase(): Promise<FreshDatabase> {
  worker ??= startWorkerServer();
  const server = await worker;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(server, `create database ${name}`);
  const config = { ...server.connection(), database: name };
  return {
    name,
    config,
    source: {
      kind: "embedded",
      label: "the test's PostgreSQL",
      makeReady: async () => {},
      connection: () => config,
      stop: async () => {},
    },
    remove: () => asAdmin(server, `drop database ${name} with (force)`),
  };
}

/** A started, migrated database; `stop` closes and removes it. */
export interface TestDatabase {
  readonly database: Database;
  readonly fresh: FreshDatabase;
  stop(): Promise<void>;
}

export async function startDatabase(clock: Clock = new RealClock()): Promise<TestDatabase> {
  const fresh = await freshDatabase();
  const database = new Database({ source: fresh.source, clock, log: SILENT_LOG });
  await database.start();
  await database.ready();
  const stop = async () => {
    await database.stop();
    await fresh.remove();
  };
  return { database, fresh, stop };
}

/** Runs one statement as the server's owner, for arranging and for looking past the code under test. */
export async function queryAs<R extends object>(
  config: pg.ClientConfig,
  text: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rows } = await client.query<R>(text, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}

async function asAdmin(server: EmbeddedServer, statement: string): Promise<void> {
  await queryAs(server.connection(), statement);
}

/** Keeps the worker's password from one test file to the next; each is a process of its own. */
function fileSecrets(file: string): SecretStore {
  return {
    get: () => readFile(file, "utf8").catch(() => null),
    put: (_, value) => writeFile(file, value, { mode: 0o600 }),
  };
}

async function isFirstFile(): Promise<boolean> {
  return writeFile(path.join(workerDir, "reaper"), "", { flag: "wx" }).then(
    () => true,
    () => false,
  );
}

/** A process of its own that outlives this one, because a test run that is killed stops nothing itself. */
function removeAfterRun(): void {
  const script = `while kill -0 "$1" 2>/dev/null; do sleep 1; done
    pid=$(head -n 1 "$2/postgres/cluster/postmaster.pid") && kill -QUIT "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    rm -rf "$2"`;
  spawn("sh", ["-c", script, "reaper", String(runPid), workerDir], { detached: true, stdio: "ignore" }).unref();
}
