import { type ChildProcess, execFile, spawn } from "node:child_process";
import { lstat, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { ReefFault } from "#contract/errors.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Layout } from "./layout.ts";

const run = promisify(execFile);

export const DATABASE_USER = "reef";

/** Everything that makes, checks and changes a cluster needs these. */
export interface Tools {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** Nobody is let in without the password, whoever can open the socket. */
const WHO_MAY_CONNECT =
  process.platform === "win32" ? "host all all 127.0.0.1/32 scram-sha-256\n" : "local all all scram-sha-256\n";

/**
 * @returns whether there is a cluster
 * @throws ReefFault database-newer where another major version made it, bad-setting where it is no cluster; it is not touched
 */
export async function hasCluster(cluster: string, ourMajor: number): Promise<boolean> {
  const isThere = await lstat(cluster).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  const text = await readFile(path.join(cluster, "PG_VERSION"), "utf8").catch(() => "");
  const major = Number.parseInt(text, 10);
  if (major === ourMajor) return true;
  if (!(major > 0)) {
    throw new ReefFault(
      "bad-setting",
      `${cluster} holds no PostgreSQL database: restore a backup, or move the folder away`,
    );
  }
  const wayOut =
    major > ourMajor
      ? "start the newer program that made it"
      : "make a backup with the program that made it, move the folder away, and restore the backup";
  throw new ReefFault(
    "database-newer",
    `The database in ${cluster} was made by PostgreSQL ${major} and this program has ${ourMajor}: ${wayOut}`,
    { context: { major, ourMajor } },
  );
}

/** Makes a cluster beside its place and moves it there whole: after a power cut there is all of it or nothing. */
export async function createCluster(tools: Tools, layout: Layout, password: string): Promise<void> {
  await rm(layout.scratch, { recursive: true, force: true, maxRetries: 5 });
  const options = [
    "-U",
    DATABASE_USER,
    "--auth=reject",
    "-E",
    "UTF8",
    "--no-locale",
    "--wal-segsize=4",
    "--no-instructions",
  ];
  const [command, args] = tools.account.command(tools.binaries.initdb, ["-D", layout.scratch, ...options]);
  const initdb = run(command, args, { ...tools.account.spawnOptions, signal: tools.signal });
  try {
    await initdb;
  } catch (error) {
    await untilEnded(initdb.child);
    const words =
      /initdb: (?:error: )?(.+)/.exec((error as { stderr?: string }).stderr ?? "")?.[1] ?? "no reason given";
    throw new ReefFault("database-away", `The database could not be created in ${layout.home} (${words})`, {
      cause: error,
    });
  }
  await writeFile(path.join(layout.scratch, "pg_hba.conf"), WHO_MAY_CONNECT);
  await setPassword(tools, layout.scratch, password);
  await rename(layout.scratch, layout.cluster);
  await syncFolder(layout.home);
}

/**
 * Sets the password of a cluster whose server does not run, through PostgreSQL's single-user mode: who owns the files
 * may. The password goes through the pipe alone, never through an argument or a file.
 */
export async function setPassword(tools: Tools, cluster: string, password: string): Promise<void> {
  if (!/^[\w-]+$/.test(password))
    throw new ReefFault("internal", "A database password must be plain letters and digits");
  const [command, args] = tools.account.command(tools.binaries.postgres, [
    "--single",
    "-D",
    cluster,
    ...["-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off", "postgres"],
  ]);
  const child = spawn(command, args, {
    ...tools.account.spawnOptions,
    stdio: ["pipe", "ignore", "pipe"],
    signal: tools.signal,
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  child.stdin.on("error", () => child.stdin.destroy());
  child.stdin.end(`alter role ${DATABASE_USER} password '${password}';\n`);
  const exitCode = await ended.catch(() => null);
  if (exitCode !== 0 || /ERROR|FATAL|PANIC/.test(complaints)) {
    throw new ReefFault(
      "database-away",
      `The password of the database in ${cluster} could not be set; it is tried again by itself`,
    );
  }
}

/** One that was told to end still tidies up: that must not meet the next start. */
async function untilEnded(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

/** A rename is durable once its folder is flushed. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
