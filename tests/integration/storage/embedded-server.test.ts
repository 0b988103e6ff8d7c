import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RealClock } from "#main/platform/clock.ts";
import { NOBODY } from "#main/storage/embedded/account.ts";
import { EmbeddedServer } from "#main/storage/embedded/embedded-server.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { queryAs } from "#tests/postgres.ts";
import { signalAll } from "#tests/processes.ts";

const isRoot = process.getuid?.() === 0;
const NEVER = new AbortController().signal;
const SECRET = "database-password";
const PROGRAM = fileURLToPath(new URL("../../support/programs/embedded-server.ts", import.meta.url));

let base = "";
let dataDir = "";
const secrets = new FakeSecretStore();
const log = new RecordingLog();
const cleanUps: (() => Promise<void>)[] = [];

function serverIn(folder: string, secretStore = new FakeSecretStore()): EmbeddedServer {
  const server = new EmbeddedServer({ dataDir: folder, secrets: secretStore, clock: new RealClock(), log });
  cleanUps.push(() => server.stop());
  return server;
}

async function startIn(folder: string, secretStore = new FakeSecretStore()): Promise<EmbeddedServer> {
  const server = serverIn(folder, secretStore);
  await server.makeReady(NEVER);
  return server;
}

async function serverPid(folder: string): Promise<number> {
  const text = await readFile(path.join(folder, "postgres/cluster/postmaster.pid"), "utf8");
  return Number.parseInt(text, 10);
}

/** The server and its children, who each are a session of their own. */
async function allPids(folder: string): Promise<number[]> {
  const pid = await serverPid(folder);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
}

async function untilGone(pid: number): Promise<void> {
  while (
    (await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ") Z")).split(") ")[1]?.startsWith("Z") === false
  );
}

async function notes(server: EmbeddedServer): Promise<string[]> {
  return (await queryAs<{ text: string }>(server.connection(), "select text from note order by text")).map(
    (n) => n.text,
  );
}

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), "reef embedded "));
  await chmod(base, 0o711);
  dataDir = path.join(base, "a data folder, with 'spaces' and \"quotes\"");
});

afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
  await rm(base, { recursive: true, force: true });
});

describe("one data folder, over many starts", () => {
  test("the first start makes a database that is durable, private and not on the network", async () => {
    const server = await startIn(dataDir, secrets);
    await queryAs(server.connection(), "create table note (text text)");
    await queryAs(server.connection(), "insert into note values ('first')");
    const settings = await queryAs<{ name: string; setting: string }>(
      server.connection(),
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'listen_addresses', 'password_encryption')",
    );
    expect(Object.fromEntries(settings.map((s) => [s.name, s.setting]))).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      listen_addresses: "",
      password_encryption: "scram-sha-256",
    });
    const folder = await stat(dataDir);
    const home = await stat(path.join(dataDir, "postgres"));
    expect([folder.mode & 0o777, home.mode & 0o777]).toEqual([isRoot ? 0o711 : 0o700, 0o700]);
    expect(home.uid).toBe(isRoot ? NOBODY : process.getuid?.());
  });

  test("nobody is let in without the password, not even through the socket", async () => {
    const server = await startIn(dataDir, secrets);
    await expect(queryAs({ ...server.connection(), password: "guess" }, "select 1")).rejects.toMatchObject({
      code: "28P01",
    });
    expect(secrets.secrets.get(SECRET)).toMatch(/^[\w-]{32}$/);
  });

  test("the server is in a process group of its own, so that Ctrl-C does not reach it", async () => {
    const pid = await serverPid(dataDir);
    const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ");
    expect(Number(fields?.[2])).toBe(pid);
  });

  test("a start beside a running server adopts it", async () => {
    const pid = await serverPid(dataDir);
    const server = await startIn(dataDir, secrets);
    expect(await serverPid(dataDir)).toBe(pid);
    expect(log.messages).toContain("info the embedded PostgreSQL was left running and is adopted");
    await server.stop();
    await untilGone(pid);
  });

  test("after a clean stop the next start has the data", async () => {
    const server = await startIn(dataDir, secrets);
    expect(await notes(server)).toEqual(["first"]);
  });

  test("after kill -9 of every process the stale pid file is no obstacle and no committed row is lost", async () => {
    const server = await startIn(dataDir, secrets);
    await queryAs(server.connection(), "insert into note values ('second')");
    const pids = await allPids(dataDir);
    signalAll(pids, "SIGKILL");
    for (const pid of pids) await untilGone(pid);
    expect(await serverPid(dataDir)).toBe(pids[0]);
    expect(await notes(await startIn(dataDir, secrets))).toEqual(["first", "second"]);
  });

  test("a pid file whose number another process of the same user has by now is no obstacle", async () => {
    const pid = await serverPid(dataDir);
    const server = await startIn(dataDir, secrets);
    await server.stop();
    await untilGone(pid);
    const stranger = spawn("sleep", ["60"], isRoot ? { uid: NOBODY, gid: NOBODY } : {});
    cleanUps.push(async () => void stranger.kill());
    const pidFile = path.join(dataDir, "postgres/cluster/postmaster.pid");
    await writeFile(pidFile, `${stranger.pid}\n${dataDir}\n1\n5432\n\n\n\n`);
    if (isRoot) await chown(pidFile, NOBODY, NOBODY);
    expect(await notes(await startIn(dataDir, secrets))).toEqual(["first", "second"]);
    expect(stranger.exitCode).toBeNull();
  });

  test("a lost password is replaced, the data kept, and the log told", async () => {
    await (await startIn(dataDir, secrets)).stop();
    const forgetful = new FakeSecretStore();
    const server = await startIn(dataDir, forgetful);
    expect(await notes(server)).toEqual(["first", "second"]);
    expect(log.messages).toContain(
      "warn the embedded PostgreSQL gets a new password, because its password is not in the local store",
    );
    secrets.secrets.set(SECRET, forgetful.secrets.get(SECRET) ?? "");
  });

  test("a wrong password is replaced while the server runs", async () => {
    const wrong = new FakeSecretStore();
    await wrong.put(SECRET, "another-one");
    expect(await notes(await startIn(dataDir, wrong))).toEqual(["first", "second"]);
    secrets.secrets.set(SECRET, "another-one");
  });

  test("a server that is paused with all its children is woken for its stop, leaves none of them, and starts again whole", async () => {
    const server = await startIn(dataDir, secrets);
    const pids = await allPids(dataDir);
    signalAll(pids, "SIGSTOP");
    await server.stop();
    for (const pid of pids) await untilGone(pid);
    expect(await notes(await startIn(dataDir, secrets))).toEqual(["first", "second"]);
  });

  test("children that a killed server left paused do not keep the next one from starting", async () => {
    const server = await startIn(dataDir, secrets);
    const [postmaster = 0, ...children] = await allPids(dataDir);
    signalAll(children, "SIGSTOP");
    process.kill(postmaster, "SIGKILL");
    await untilGone(postmaster);
    await server.makeReady(NEVER);
    expect(await notes(server)).toEqual(["first", "second"]);
    for (const pid of children) await untilGone(pid);
  });
});

describe("a parent that is killed", () => {
  let parent: ChildProcess;
  const folder = () => path.join(base, "orphan");
  const secretFile = () => path.join(base, "orphan-secret");

  test("leaves its server running, and the next start adopts it", async () => {
    parent = spawn(process.execPath, [PROGRAM, folder(), secretFile()], { stdio: ["pipe", "pipe", "inherit"] });
    await new Promise((resolve) => parent.stdout?.once("data", resolve));
    const pid = await serverPid(folder());
    parent.kill("SIGKILL");
    await new Promise((resolve) => parent.once("exit", resolve));
    const kept = new FakeSecretStore();
    await kept.put(SECRET, await readFile(secretFile(), "utf8"));
    const server = await startIn(folder(), kept);
    expect(await serverPid(folder())).toBe(pid);
    await server.stop();
    await untilGone(pid);
  });
});

test("a path too long for a socket gets a short private folder for it, taken away at the stop", async () => {
  const folder = path.join(base, "d".repeat(60), "e".repeat(60));
  const server = await startIn(folder);
  const { host } = server.connection();
  expect(await queryAs(server.connection(), "select 1 as one")).toEqual([{ one: 1 }]);
  expect(Buffer.byteLength(`${host}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107);
  expect((await stat(host ?? "")).mode & 0o777).toBe(0o700);
  await server.stop();
  await expect(lstat(host ?? "")).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
  {
    made: "19",
    code: "database-newer",
    words: "made by PostgreSQL 19 and this program has 18: start the newer program",
  },
  { made: "17", code: "database-newer", words: "made by PostgreSQL 17 and this program has 18: make a backup" },
  { made: "", code: "bad-setting", words: "holds no PostgreSQL database" },
])("a cluster of version '$made' is refused and not touched", async ({ made, code, words }) => {
  const folder = path.join(base, `version-${made}`);
  const cluster = path.join(folder, "postgres/cluster");
  await mkdir(cluster, { recursive: true });
  if (made !== "") await writeFile(path.join(cluster, "PG_VERSION"), `${made}\n`);
  await writeFile(path.join(cluster, "precious"), "data");
  const refusal = expect(serverIn(folder).makeReady(NEVER)).rejects;
  await refusal.toMatchObject({ code, message: expect.stringContaining(words) });
  expect((await readdir(cluster)).sort()).toEqual(made === "" ? ["precious"] : ["PG_VERSION", "precious"]);
  expect(await readFile(path.join(cluster, "precious"), "utf8")).toBe("data");
});

test("a half-made database of an interrupted first start is made anew", async () => {
  const folder = path.join(base, "interrupted");
  await mkdir(path.join(folder, "postgres/cluster.new/base"), { recursive: true });
  await writeFile(path.join(folder, "postgres/cluster.new/PG_VERSION"), "18\n");
  const server = await startIn(folder);
  expect(await queryAs(server.connection(), "select 1 as one")).toEqual([{ one: 1 }]);
});

/** Whether that user may read this program at all, and make a namespace where he needs one. */
function canRun(uid: number, command: readonly string[]): boolean {
  const [program = "", ...args] = command;
  return isRoot && spawnSync(program, args, { uid, gid: uid, cwd: "/" }).status === 0;
}
const READ_US = [process.execPath, "-e", `require("node:fs").accessSync(${JSON.stringify(PROGRAM)})`];
const MAKE_NAMESPACE = ["unshare", "--user", "--map-user=65534", "true"];
const USERS = [
  { who: "a normal user", uid: 1, isPossible: canRun(1, READ_US) },
  {
    who: "a container's user without a name",
    uid: 54_321,
    isPossible: canRun(54_321, READ_US) && canRun(54_321, MAKE_NAMESPACE),
  },
];

test.for(USERS)(
  "the server of $who runs as that user [needs root to become one]",
  async ({ uid, isPossible }, context) => {
    context.skip(!isPossible, "not here by nature: this user cannot be become, or may not read the program");
    const home = path.join(base, `home of ${uid}`);
    await mkdir(home, { mode: 0o700 });
    await chown(home, uid, uid);
    const folder = path.join(home, "data");
    const child = spawn(process.execPath, [PROGRAM, folder, path.join(home, "secret")], {
      uid,
      gid: uid,
      cwd: "/",
      stdio: ["pipe", "pipe", "inherit"],
    });
    const line = await new Promise((resolve, reject) => {
      child.stdout.once("data", resolve);
      child.once("exit", reject);
    });
    expect(JSON.parse(String(line))).toEqual({ uid });
    const pid = await serverPid(folder);
    expect((await stat(`/proc/${pid}`)).uid).toBe(uid);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    child.stdin.end();
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
    await untilGone(pid);
  },
);

test.skipIf(!isRoot)(
  "below a private home of root it runs in a user namespace, or says what to do [needs root]",
  async () => {
    const home = path.join(base, "private");
    await mkdir(home, { mode: 0o700 });
    const server = serverIn(path.join(home, "data"));
    const outcome = await server.makeReady(NEVER).then(
      () => queryAs(server.connection(), "select 1 as one"),
      (error: unknown) => error,
    );
    if (Array.isArray(outcome)) expect(outcome).toEqual([{ one: 1 }]);
    else
      expect(outcome).toMatchObject({
        code: "bad-setting",
        message: expect.stringMatching(/private.*DATABASE_URL/),
      });
  },
);

test.skipIf(!isRoot)(
  "a folder that passes between ways of running as root changes hands [needs root]",
  async () => {
    const home = path.join(base, "moved");
    const kept = new FakeSecretStore();
    await mkdir(home, { mode: 0o711 });
    const first = await startIn(path.join(home, "data"), kept);
    await queryAs(first.connection(), "create table note as select 'kept' as text");
    await first.stop();
    await chmod(home, 0o700);
    const second = serverIn(path.join(home, "data"), kept);
    const isPossible = await second.makeReady(NEVER).then(
      () => true,
      () => false,
    );
    if (!isPossible) await chmod(home, 0o711);
    const server = isPossible ? second : await startIn(path.join(home, "data"), kept);
    expect(await notes(server)).toEqual(["kept"]);
  },
);

test("stopping while the server is being made ends at once and leaves no half database behind", async () => {
  const folder = path.join(base, "stopped");
  const stopping = new AbortController();
  const server = serverIn(folder);
  const started = server.makeReady(stopping.signal);
  stopping.abort();
  await expect(started).rejects.toBeInstanceOf(Error);
  await server.stop();
  await expect(lstat(path.join(folder, "postgres/cluster"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(new pg.Client(server.connection())).toBeDefined();
});
