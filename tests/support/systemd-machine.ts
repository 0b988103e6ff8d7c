import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ADMIN, until } from "./headless-host.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BOOT = fileURLToPath(new URL("programs/systemd-machine.sh", import.meta.url));
const NAMESPACES = ["--pid", "--fork", "--mount", "--cgroup", "--mount-proc", "--kill-child"];
const run = promisify(execFile);

/** Whether this machine lets us start a systemd in namespaces of its own: Linux, root, and systemd installed. */
export function hasSystemd(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const script = "test -x /lib/systemd/systemd && mount -t cgroup2 cgroup2 /sys/fs/cgroup";
  return spawnSync("unshare", [...NAMESPACES, "sh", "-c", script]).status === 0;
}

/** What systemd says of the unit. */
interface UnitState {
  readonly mainPid: number;
  readonly restarts: number;
  readonly active: string;
  readonly result: string;
}

/** The real systemd as process 1 of its own namespaces, running the shipped unit. */
export class SystemdMachine {
  readonly #folder: string;
  readonly #child: ChildProcess;
  #systemdPid = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#child = spawn("unshare", [...NAMESPACES, "bash", BOOT, ROOT, folder], { stdio: "ignore" });
  }

  /** @param watchdogS shorter than the unit's 30 s where a test waits for it */
  static async start(watchdogS: number): Promise<SystemdMachine> {
    const folder = await mkdtemp(join(tmpdir(), "reef-systemd-"));
    await chmod(folder, 0o755);
    const env = [
      "REEF_HTTP_PORT=0",
      "REEF_HARDWARE=simulated",
      `REEF_ADMIN_USERNAME=${ADMIN.username}`,
      `"REEF_ADMIN_PASSWORD=${ADMIN.password}"`,
      "NODE_OPTIONS=--inspect-port=0",
    ];
    const lines = [
      "[Unit]",
      "DefaultDependencies=no",
      "[Service]",
      `WatchdogSec=${watchdogS}`,
      `StandardOutput=append:${folder}/stdout`,
      `StandardError=append:${folder}/stderr`,
      `Environment=${env.join(" ")}`,
    ];
    await writeFile(join(folder, "drop-in.conf"), `${lines.join("\n")}\n`);
    const machine = new SystemdMachine(folder);
    machine.#systemdPid = await until("systemd", 10_000, () => machine.#findSystemd());
    return machine;
  }

  /** What systemd says of our unit now. */
  async unit(): Promise<UnitState> {
    const shown = await this.inside(
      "systemctl",
      "show",
      "bellas-reef",
      "-p",
      "MainPID,NRestarts,ActiveState,Result",
    );
    const of = Object.fromEntries(shown.split("\n").map((line) => line.split("=")));
    return {
      mainPid: Number(of["MainPID"]),
      restarts: Number(of["NRestarts"]),
      active: of["ActiveState"] ?? "",
      result: of["Result"] ?? "",
    };
  }

  /** Waits until it runs, after so many restarts. */
  running(restarts: number, limitMs: number): Promise<UnitState> {
    return until(`the unit to run after ${restarts} restarts`, limitMs, async () => {
      const unit = await this.unit().catch(() => null);
      return unit?.active === "active" && unit.restarts === restarts ? unit : undefined;
    });
  }

  /** Runs a program in the machine's namespaces. @returns what it printed */
  async inside(command: string, ...args: string[]): Promise<string> {
    const enter = ["-t", String(this.#systemdPid), "-m", "-p", "-C", command, ...args];
    return (await run("nsenter", enter)).stdout;
  }

  /** Has the main loop of the running program never turn again, as a bug of ours would. */
  async hangMainLoop(): Promise<void> {
    const { mainPid } = await this.unit();
    const before = (await this.stderr()).length;
    await this.inside("kill", "-USR1", String(mainPid));
    const url = await until(
      "the inspector",
      5_000,
      async () => /ws:\/\/\S+/.exec((await this.stderr()).slice(before))?.[0],
    );
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error("the inspector cannot be reached"));
    });
    socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression: "for (;;);" } }));
  }

  stderr(): Promise<string> {
    return readFile(join(this.#folder, "stderr"), "utf8").catch(() => "");
  }

  /** The URLs of the ready lines so far. */
  async urls(): Promise<readonly string[]> {
    const text = await readFile(join(this.#folder, "stdout"), "utf8").catch(() => "");
    return [...text.matchAll(/"event":"ready","url":"(?<url>[^"]+)"/g)].map((match) => match[1] ?? "");
  }

  /** Ends the machine with everything in it. */
  async dispose(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await exited;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  async #findSystemd(): Promise<number | undefined> {
    const pid = this.#child.pid ?? 0;
    const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
    const systemd = Number.parseInt(text, 10);
    const command = await readFile(`/proc/${systemd}/comm`, "utf8").catch(() => "");
    return command.trim() === "systemd" ? systemd : undefined;
  }
}
