import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleepMs } from "node:timers/promises";
import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";

const READY_LIMIT_MS = 90_000;
const ASK_EVERY_MS = 100;
const STOP_LIMIT_MS = 10_000;
const USERNAME = "simulate";

const ReadyLine = z.object({ event: z.literal("ready"), url: z.string() });
const Health = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string(), detail: z.string() })),
});
const Reading = z.object({ value: z.number().nullable(), quality: z.string() });
const Items = z.object({ items: z.array(z.object({ id: z.string().optional(), key: z.string().optional() })) });

/** The built headless host as processes of its own, on a data folder of its own: what a user starts. */
export class RealHost {
  readonly #program: string;
  readonly #dataDir: string;
  readonly #password = randomUUID();
  #child: ChildProcess | null = null;
  #url = "";
  #token = "";

  private constructor(program: string, dataDir: string) {
    this.#program = program;
    this.#dataDir = dataDir;
  }

  /** Starts it for the first time. @param program the built headless entry */
  static async begin(program: string): Promise<RealHost> {
    const host = new RealHost(program, await mkdtemp(join(tmpdir(), "reef-simulate-")));
    await host.start();
    return host;
  }

  /** @returns how long it took until it was ready, ms @throws ReefFault internal: it ended instead, or took too long */
  async start(): Promise<number> {
    const startedMs = performance.now();
    const child = this.#spawn();
    this.#child = child;
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    await until("the host to be ready", READY_LIMIT_MS, async () => {
      if (child.exitCode !== null) throw new ReefFault("internal", `The host ended with ${child.exitCode}.`);
      for (const line of said.split("\n")) {
        const ready = line.startsWith("{") ? ReadyLine.safeParse(JSON.parse(line)).data : undefined;
        if (ready !== undefined) this.#url = ready.url;
      }
      return this.#url !== "";
    });
    await this.#signIn();
    return performance.now() - startedMs;
  }

  /** A second process on the same data folder. @returns its exit code and what it said */
  async startAnother(): Promise<{ readonly code: number | null; readonly words: string }> {
    const child = this.#spawn();
    let words = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      words += text;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), READY_LIMIT_MS);
    await once(child, "exit");
    clearTimeout(timer);
    return { code: child.exitCode, words };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
    this.#url = "";
  }

  /** Sends a signal to every process of its own Postgres. */
  async signalPostgres(signal: NodeJS.Signals): Promise<void> {
    for (const pid of await postgresPids(this.#dataDir)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended meanwhile.
      }
    }
  }

  async health(): Promise<z.infer<typeof Health>> {
    return Health.parse(await this.#get("/health"));
  }

  async latest(channelId: string): Promise<z.infer<typeof Reading>> {
    return Reading.parse(await this.#get(`/api/v1/channels/${channelId}/latest`));
  }

  /** @throws ReefFault internal: it has no such channel */
  async channelId(key: string): Promise<string> {
    const { items } = Items.parse(await this.#get("/api/v1/channels?limit=1000"));
    const id = items.find((channel) => channel.key === key)?.id;
    if (id === undefined) throw new ReefFault("internal", `The host offers no channel ${key}.`);
    return id;
  }

  async dispose(): Promise<void> {
    await this.signalPostgres("SIGCONT");
    this.signal("SIGCONT");
    this.signal("SIGTERM");
    const ended = this.#child?.exitCode === null ? once(this.#child, "exit") : Promise.resolve();
    await Promise.race([ended, sleepMs(STOP_LIMIT_MS, null, { ref: false })]);
    await this.kill();
    await this.signalPostgres("SIGKILL");
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #spawn(): ChildProcess {
    return spawn(process.execPath, [this.#program], {
      cwd: this.#dataDir,
      env: {
        REEF_DATA_DIR: this.#dataDir,
        REEF_HTTP_PORT: "0",
        REEF_HARDWARE: "simulated",
        REEF_ADMIN_USERNAME: USERNAME,
        REEF_ADMIN_PASSWORD: this.#password,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async #signIn(): Promise<void> {
    const answer = await fetch(`${this.#url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: USERNAME, password: this.#password }),
    });
    this.#token = z.object({ accessToken: z.string() }).parse(await answer.json()).accessToken;
  }

  async #get(path: string): Promise<unknown> {
    const answer = await fetch(`${this.#url}${path}`, { headers: { authorization: `Bearer ${this.#token}` } });
    return answer.json();
  }
}

/** Asks again and again. @throws ReefFault internal: past the limit */
export async function until(what: string, limitMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new ReefFault("internal", `Waited ${limitMs / 1_000} s for ${what}.`);
    await sleepMs(ASK_EVERY_MS);
  }
}

/** The postmaster, which names itself in its folder, and its children. */
async function postgresPids(dataDir: string): Promise<number[]> {
  const folder = join(dataDir, "postgres");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const file = names.find((name) => name.endsWith("postmaster.pid"));
  if (file === undefined) return [];
  const text = await readFile(join(folder, file), "utf8").catch(() => "");
  const postmaster = Number(text.split("\n")[0]);
  return Number.isInteger(postmaster) && postmaster > 1 ? [postmaster, ...(await childrenOf(postmaster))] : [];
}

async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent) found.push(Number(name));
  }
  return found;
}
