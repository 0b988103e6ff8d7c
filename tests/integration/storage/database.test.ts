import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { ClientConfig } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { withTransaction } from "#main/storage/access.ts";
import { Database } from "#main/storage/database.ts";
import { EmbeddedServer } from "#main/storage/embedded/embedded-server.ts";
import { ExternalServer } from "#main/storage/source.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { freshDatabase, queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";
import { signalAll } from "#tests/processes.ts";

const clock = new RealClock();

/** /health promises the truth within this. */
const TRUTH_LIMIT_MS = 10_000;

function untilState(database: Database, isUp: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`still ${isUp ? "down" : "up"}`)), TRUTH_LIMIT_MS);
    const look = () => {
      if (database.state().isUp !== isUp) return;
      clearTimeout(limit);
      cancel();
      resolve();
    };
    const cancel = database.onChange(look);
    look();
  });
}

describe("a server that answers", () => {
  let shared: TestDatabase;
  beforeAll(async () => {
    shared = await startDatabase();
    await queryAs(shared.fresh.config, "create table note (text text)");
  });
  afterAll(() => shared.stop());
  afterEach(() => queryAs(shared.fresh.config, "truncate note"));

  const texts = async () =>
    (await shared.database.readable.query<{ text: string }>("select text from note order by text")).rows.map(
      (r) => r.text,
    );

  test("says so, with its version", () => {
    expect(shared.database.state()).toMatchObject({
      kind: "embedded",
      isUp: true,
      version: expect.stringMatching(/^18\./),
    });
    expect(shared.database.failure).toBeNull();
  });

  test("a reader that tries to write is refused by the server itself", async () => {
    await expect(shared.database.readable.query("insert into note values ('no')")).rejects.toMatchObject({
      context: { sqlState: "25006" },
    });
  });

  test("a transaction is kept whole", async () => {
    await withTransaction(shared.database.writable, async (tx) => {
      await tx.query("insert into note values ('a')");
      await withTransaction(tx, (inner) => inner.query("insert into note values ('b')"));
    });
    expect(await texts()).toEqual(["a", "b"]);
  });

  test("a transaction that fails leaves nothing, and rejects with what failed", async () => {
    const failure = new Error("the work's own");
    const done = withTransaction(shared.database.writable, async (tx) => {
      await tx.query("insert into note values ('a')");
      throw failure;
    });
    await expect(done).rejects.toBe(failure);
    expect(await texts()).toEqual([]);
  });

  test("a single write is durable by itself", async () => {
    expect(await shared.database.writable.query("insert into note values ('a')")).toMatchObject({ rowCount: 1 });
    expect(await texts()).toEqual(["a"]);
  });

  test("a fault never quotes the statement or its values", async () => {
    const secret = "hunter2-hunter2";
    const fault = await shared.database.readable.query(`select '${secret}'::int`).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "internal", context: { sqlState: "22P02" } });
    expect(JSON.stringify(fault, ["message", "context", "details", "cause", "stack"])).not.toContain(secret);
  });

  test("a statement past its time is given up and the connection goes on", async () => {
    const slow = withTransaction(shared.database.writable, async (tx) => {
      await tx.query("set local statement_timeout = 50");
      await tx.query("select pg_sleep(30)");
    });
    await expect(slow).rejects.toMatchObject({ code: "database-away", context: { sqlState: "57014" } });
    expect(await texts()).toEqual([]);
    expect(shared.database.state().isUp).toBe(true);
  });

  test("connections that the server ended are replaced without anyone noticing", async () => {
    await Promise.all(Array.from({ length: 8 }, () => shared.database.readable.query("select pg_sleep(0.05)")));
    await queryAs(
      shared.fresh.config,
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'bellas-reef' and datname = $1",
      [shared.fresh.name],
    );
    await Promise.all(
      Array.from({ length: 8 }, () => shared.database.writable.query("insert into note values ('x')")),
    );
    expect(await texts()).toHaveLength(8);
  });

  test("more askers than connections wait for their turn", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        shared.database.readable.query<{ n: number }>("select $1::int as n", [n]),
      ),
    );
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
});

test("a hook that fails keeps it from being up", async () => {
  const fresh = await freshDatabase();
  const database = new Database({ source: fresh.source, clock, log: SILENT_LOG });
  database.onReady(async () => {
    await database.readable.query("select 1 from not_there");
  });
  await database.start();
  await expect(database.ready()).rejects.toMatchObject({ code: "internal", context: { sqlState: "42P01" } });
  expect(database.state().isUp).toBe(false);
  await database.stop();
  await fresh.remove();
});

describe("a server that is paused, killed, restarted", () => {
  let folder = "";
  let database: Database;
  const log = new RecordingLog();
  const rowsSeenAtWake: number[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "reef-trouble-"));
    const source = new EmbeddedServer({ dataDir: folder, secrets: new FakeSecretStore(), clock, log });
    database = new Database({ source, clock, log });
    database.onReady(async () => {
      await database.writable.query("create table if not exists note (text text)");
      const { rows } = await database.readable.query<{ count: number }>("select count(*)::int as count from note");
      rowsSeenAtWake.push(rows[0]?.count ?? -1);
    });
    await database.start();
    await database.ready();
  });
  afterAll(async () => {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function serverPids(): Promise<number[]> {
    const pid = Number.parseInt(await readFile(path.join(folder, "postgres/cluster/postmaster.pid"), "utf8"), 10);
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
    return [pid, ...children.trim().split(/\s+/).map(Number)];
  }

  test("paused: what waits is refused, the state tells the truth, and it comes back by itself", async () => {
    const paused = await serverPids();
    signalAll(paused, "SIGSTOP");
    const waiting = database.writable.query("insert into note values ('lost')");
    const refused = expect(waiting).rejects.toMatchObject({ code: "database-away" });
    await untilState(database, false);
    await refused;
    await expect(database.readable.query("select 1")).rejects.toMatchObject({ code: "database-away" });
    signalAll(paused, "SIGCONT");
    await untilState(database, true);
    expect((await serverPids())[0]).toBe(paused[0]);
    await database.writable.query("insert into note values ('kept')");
  });

  test("killed: it is started again by us, hooks run before it counts as up, and nothing committed is gone", async () => {
    const [pid = 0] = await serverPids();
    const stateAtWake: boolean[] = [];
    const cancel = database.onChange(({ isUp }) => stateAtWake.push(isUp));
    rowsSeenAtWake.length = 0;
    process.kill(pid, "SIGKILL");
    await untilState(database, false);
    await untilState(database, true);
    cancel();
    expect((await serverPids())[0]).not.toBe(pid);
    expect(rowsSeenAtWake.at(-1)).toBeGreaterThanOrEqual(1);
    expect(stateAtWake.at(-1)).toBe(true);
    const { rows } = await database.readable.query("select text from note where text = 'kept'");
    expect(rows).toHaveLength(1);
  });

  test("lost and back are each said once", () => {
    const said = log.messages.filter((message) => /is away|answers/.test(message) && !message.startsWith("debug"));
    expect(said).toEqual([
      "info the embedded PostgreSQL answers",
      "warn the embedded PostgreSQL is away",
      "info the embedded PostgreSQL answers",
      "warn the embedded PostgreSQL is away",
      "info the embedded PostgreSQL answers",
    ]);
  });
});

describe("a server elsewhere", () => {
  const urlOf = (config: ClientConfig, password: string) =>
    `postgres://${config.user}:${password}@/${config.database}?host=${encodeURIComponent(config.host ?? "")}`;

  async function failureOf(url: string): Promise<{ database: Database; fault: unknown }> {
    const database = new Database({ source: new ExternalServer(url), clock, log: SILENT_LOG });
    await database.start();
    const fault = await database.ready().catch((error: unknown) => error);
    await database.stop();
    return { database, fault };
  }

  test("is used by its URL", async () => {
    const fresh = await freshDatabase();
    const database = new Database({
      source: new ExternalServer(urlOf(fresh.config, String(fresh.config.password))),
      clock,
      log: SILENT_LOG,
    });
    await database.start();
    await database.ready();
    expect(database.state()).toMatchObject({ kind: "external", isUp: true });
    await database.stop();
    expect(database.state().isUp).toBe(false);
    await fresh.remove();
  });

  test("a wrong password is a setting to correct, and is not repeated", async () => {
    const fresh = await freshDatabase();
    const { fault } = await failureOf(urlOf(fresh.config, "a-wrong-password"));
    expect(fault).toMatchObject({ code: "bad-setting", message: expect.stringContaining("DATABASE_URL") });
    expect(JSON.stringify(fault, ["message", "context", "stack"])).not.toContain("a-wrong-password");
    await fresh.remove();
  });

  test("a database that is not there is a setting to correct", async () => {
    const fresh = await freshDatabase();
    await fresh.remove();
    const { fault } = await failureOf(urlOf(fresh.config, String(fresh.config.password)));
    expect(fault).toMatchObject({ code: "bad-setting", context: { sqlState: "3D000" } });
  });

  test("what is no URL of a database is a setting to correct", async () => {
    expect((await failureOf("mysql://somewhere")).fault).toMatchObject({ code: "bad-setting" });
    expect((await failureOf("somewhere")).fault).toMatchObject({ code: "bad-setting" });
  });

  test("a database of a newer program is refused and left as it is", async () => {
    const { database, fresh, stop } = await startDatabase();
    await database.stop();
    await queryAs(
      fresh.config,
      "insert into schema_migration (version, name, checksum) values (9999, 'future', '')",
    );
    const { fault } = await failureOf(urlOf(fresh.config, String(fresh.config.password)));
    expect(fault).toMatchObject({ code: "database-newer", message: expect.stringContaining("9999") });
    await stop();
  });

  test("a server that is away is waited for, not fatal", async () => {
    const database = new Database({
      source: new ExternalServer("postgres://u:p@127.0.0.1:1/x"),
      clock,
      log: SILENT_LOG,
    });
    await database.start();
    await new Promise<void>((resolve) => {
      database.onChange(() => resolve());
    });
    expect(database.failure).toBeNull();
    expect(database.state()).toMatchObject({ isUp: false, version: null });
    await expect(database.readable.query("select 1")).rejects.toMatchObject({ code: "database-away" });
    const ready = expect(database.ready()).rejects.toMatchObject({ code: "stopping" });
    await database.stop();
    await ready;
    await expect(database.readable.query("select 1")).rejects.toMatchObject({ code: "stopping" });
  });
});
