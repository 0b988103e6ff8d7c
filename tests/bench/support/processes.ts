import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";

/** Kernel ticks a second in /proc/PID/stat (proc_pid_stat(5)); 100 on every Linux we run on, but it may be asked. */
const TICKS_PER_S = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const MIB = 2 ** 20;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpuS: number;
}

/** `pid` and everything it started, as far as it still runs. */
export async function treeOf(...pids: readonly number[]): Promise<number[]> {
  const all = await processes();
  const found = new Set(pids);
  for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  // A parent may come after its child in /proc: look until nothing is added.
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** CPU time these processes and their ended children have used, s. Ones that are gone count nothing. */
export async function cpuSecondsOf(pids: readonly number[]): Promise<number> {
  const used = await Promise.all(pids.map(statOf));
  return used.reduce((sum, process) => sum + (process?.cpuS ?? 0), 0);
}

/** Resident set, MiB. */
export async function rssMibOf(pid: number): Promise<number> {
  return (await kibibytes(`/proc/${pid}/status`, "VmRSS")) / 1_024;
}

/** Proportional set size, MiB: pages shared by several processes count in part. */
export async function pssMibOf(pids: readonly number[]): Promise<number> {
  const all = await Promise.all(pids.map((pid) => kibibytes(`/proc/${pid}/smaps_rollup`, "Pss")));
  return (all.reduce((sum, kib) => sum + kib, 0) * 1_024) / MIB;
}

async function kibibytes(file: string, field: string): Promise<number> {
  const text = await readFile(file, "utf8").catch(() => "");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
}

async function processes(): Promise<Process[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(names.map((name) => statOf(Number(name))));
  return all.filter((process) => process !== null);
}

async function statOf(pid: number): Promise<Process | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The command's name may hold anything; fields are counted from its closing bracket (the 3rd field follows).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return { pid, parent: Number(fields[1]), cpuS: ticks / TICKS_PER_S };
}
