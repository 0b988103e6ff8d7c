import { execFile } from "node:child_process";
import { readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Clock } from "../../platform/ports.ts";
import { sleep } from "../../platform/timing.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

const run = promisify(execFile);
const POLL_MS = 20;
/** Fast shutdown rolls back and writes a checkpoint; immediate does not, and is recovered from at the next start. */
const STOP_STEPS = [
  { signal: "SIGINT", limitMs: 2_500 },
  { signal: "SIGQUIT", limitMs: 1_000 },
  { signal: "SIGKILL", limitMs: 1_000 },
] as const;

/** A server process, ours or adopted. */
export interface ServerProcess {
  readonly pid: number;
  isAlive(): Promise<boolean>;
}

/** What a running server says of itself in `postmaster.pid` (PostgreSQL, pidfile.h). */
interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly sockets: string;
}

/** The server that runs on `cluster`, though we did not start it; null where there is none. */
export async function runningServer(cluster: string): Promise<(ServerProcess & PidFile) | null> {
  const file = await readPidFile(cluster);
  if (file === null || !(await runsOn(file.pid, cluster))) return null;
  return { ...file, isAlive: () => runsOn(file.pid, cluster) };
}

/**
 * Removes the lock files of a server that is gone. PostgreSQL does so itself unless their number has been given to
 * another process of the same user since, which after a power cut is common: then it would never start again.
 */
export async function clearStaleLocks(cluster: string, socketFile: string): Promise<void> {
  const file = await readPidFile(cluster);
  if (file !== null && !(await runsOn(file.pid, cluster)))
    await rm(path.join(cluster, "postmaster.pid"), { force: true });
  await killOrphans(cluster);
  const holder = Number.parseInt(await readFile(`${socketFile}.lock`, "utf8").catch(() => ""), 10);
  if (holder > 0 && !(await runsOn(holder, cluster))) {
    await rm(`${socketFile}.lock`, { force: true });
    await rm(socketFile, { force: true });
  }
}

/**
 * Stops the server of `cluster`: politely, then at once, then by force. Durable data survives each.
 * @returns the step that did it
 */
export async function stopServer(server: ServerProcess, cluster: string, clock: Clock): Promise<string> {
  for (const { signal, limitMs } of STOP_STEPS) {
    if (!(await tell(server, cluster, signal))) return signal;
    const deadlineMs = clock.monotonicMs() + limitMs;
    while (clock.monotonicMs() < deadlineMs) {
      if (!(await server.isAlive())) return signal;
      await sleep(clock, POLL_MS);
    }
  }
  return "SIGKILL";
}

/** Paused processes hear nothing, not even that their postmaster is gone, so all are woken. @returns false where it is gone */
async function tell(server: ServerProcess, cluster: string, signal: NodeJS.Signals): Promise<boolean> {
  const all = await processesOn(cluster);
  if (!signalProcess(server.pid, signal)) return false;
  for (const pid of all) signalProcess(pid, signal === "SIGKILL" ? signal : "SIGCONT");
  return true;
}

/** Windows has no signals; `pg_ctl` speaks to the server there. Written by the manual, never run. */
export async function stopServerOnWindows(binaries: Binaries, cluster: string, account: Account): Promise<void> {
  const [command, args] = account.command(binaries.pgCtl, ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "4"]);
  await run(command, args, account.spawnOptions);
}

/**
 * Ends what a postmaster that is gone left behind: its children end by themselves, but for those that hang or are
 * paused, and while one of them holds the shared memory no server starts again.
 */
async function killOrphans(cluster: string): Promise<void> {
  if ((await runningServer(cluster)) !== null) return;
  for (const pid of await processesOn(cluster)) signalProcess(pid, "SIGKILL");
}

/** Every process that works in `cluster`; none where that cannot be told (not Linux). */
async function processesOn(cluster: string): Promise<readonly number[]> {
  if (process.platform !== "linux") return [];
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const areOn = await Promise.all(pids.map((pid) => runsOn(pid, cluster)));
  return pids.filter((_, i) => areOn[i]);
}

async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, sockets] = text.split("\n");
  const number = Number.parseInt(pid ?? "", 10);
  if (!(number > 0)) return null;
  return { pid: number, port: Number.parseInt(port ?? "", 10) || 0, sockets: sockets ?? "" };
}

/** A server's working directory is its cluster; where that cannot be read (not Linux), being alive has to do. */
async function runsOn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== "linux") return signalProcess(pid, 0);
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return folder !== null && folder === (await realpath(cluster).catch(() => cluster));
}

/** @returns false where there is no such process */
function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
