import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const HEADLESS = join(ROOT, "out/main/headless.js");
export const ADMIN = { username: "keeper", password: "correct horse battery" };

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly afterMs: number;
}

interface LaunchOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** A program that behaves as the host does, in its place. */
  readonly entry?: string;
  /** Leave the first admin to the setup code. */
  readonly withoutAdmin?: boolean;
}

/** The built headless host as a process of its own: what a user starts, seen from outside. */
export class HeadlessHost {
  readonly dataDir: string;
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  url = "";
  pid = 0;
  stdout = "";
  stderr = "";

  private constructor(dataDir: string, options: LaunchOptions) {
    this.dataDir = dataDir;
    const startedAt = performance.now();
    const admin =
      options.withoutAdmin === true
        ? {}
        : { REEF_ADMIN_USERNAME: ADMIN.username, REEF_ADMIN_PASSWORD: ADMIN.password };
    const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, VITEST: ___, ...env } = process.env;
    this.child = spawn(process.execPath, [options.entry ?? HEADLESS, ...(options.args ?? [])], {
      cwd: dataDir,
      env: {
        ...env,
        REEF_DATA_DIR: dataDir,
        REEF_HTTP_PORT: "0",
        REEF_HARDWARE: "simulated",
        ...admin,
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exited = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => resolve({ code, signal, afterMs: performance.now() - startedAt }));
    });
  }

  /** Starts it and waits for its ready line. @throws where it exits first, with what it said */
  static async start(options: LaunchOptions = {}): Promise<HeadlessHost> {
    const host = await HeadlessHost.spawn(options);
    await host.ready();
    return host;
  }

  /** Starts it and waits for nothing. */
  static async spawn(options: LaunchOptions = {}): Promise<HeadlessHost> {
    if (!existsSync(HEADLESS)) throw new Error("out/main/headless.js is missing: npm run build");
    return new HeadlessHost(options.dataDir ?? (await newDataDir()), options).listening();
  }

  listening(): this {
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    return this;
  }

  async ready(limitMs = 60_000): Promise<void> {
    const line = await until("the ready line", limitMs, async () => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(
          `the host exited (${this.child.exitCode ?? this.child.signalCode}) before it was ready:\n${this.stderr}`,
        );
      }
      return this.stdout.split("\n").find((l) => l.includes('"ready"'));
    });
    const said: { url: string; pid: number } = JSON.parse(line);
    this.url = said.url;
    this.pid = said.pid;
  }

  /** Log lines, parsed. */
  logs(): { level: string; part: string; message: string; [field: string]: unknown }[] {
    return this.stderr
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Exit & { tookMs: number }> {
    const from = performance.now();
    this.child.kill(signal);
    const exit = await this.exited;
    return { ...exit, tookMs: performance.now() - from };
  }

  /** The embedded server's processes: the postmaster first. */
  async postgresPids(): Promise<number[]> {
    const pid = await postmasterPid(this.dataDir);
    return pid === null ? [] : [pid, ...(await childrenOf(pid))];
  }

  /** kill -9 of everything at once: a power cut, as far as processes can feel one. */
  async cutPower(): Promise<void> {
    const pids = [this.pid, ...(await childrenOf(this.pid)), ...(await this.postgresPids())];
    for (const pid of new Set(pids)) kill(pid, "SIGKILL");
    await this.exited;
    await until("every process to be gone", 10_000, async () => (pids.some(isAlive) ? undefined : true));
  }

  /** Stops whatever is left of it and removes its data. */
  async dispose(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      for (const pid of await this.postgresPids()) kill(pid, "SIGCONT");
      this.child.kill("SIGTERM");
      const timer = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
      await this.exited;
      clearTimeout(timer);
    }
    for (const pid of await this.postgresPids()) kill(pid, "SIGKILL");
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export async function newDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), "reef e2e "));
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks again every 50 ms until there is an answer. @throws past the limit, naming what was waited for */
export async function until<T>(what: string, limitMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  const endAt = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > endAt) throw new Error(`waited ${limitMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function postmasterPid(dataDir: string): Promise<number | null> {
  const folder = join(dataDir, "postgres");
  const entries = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const file = entries.find((name) => name.endsWith("postmaster.pid"));
  if (file === undefined) return null;
  // A server that ends removes it between our look and our reading.
  const content = await readFile(join(folder, file), "utf8").catch(() => "");
  const pid = content === "" ? Number.NaN : Number(content.split("\n")[0]);
  return Number.isInteger(pid) && isAlive(pid) ? pid : null;
}

export async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc").catch(() => [] as string[])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (parent === pid) found.push(Number(name));
  }
  return found;
}
