import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstLineOf } from "./debian-packages.ts";
import { ADMIN, until } from "./headless-host.ts";
import type { ElectronProgram } from "./real-electron.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

export interface AppExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly tookMs: number;
}

export interface ProcessRequest {
  /** Of the program, as `--kiosk`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Leave the first admin to the first-run screen. */
  readonly withoutAdmin?: boolean;
  readonly home: string;
  readonly dataDir: string;
  readonly display: string;
}

/** The desktop app as a process that may refuse to start, or not stay. */
export class DesktopProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<AppExit>;
  stdout = "";
  stderr = "";

  constructor(
    program: ElectronProgram,
    { args = [], env = {}, home, dataDir, display, withoutAdmin }: ProcessRequest,
  ) {
    const startedAt = performance.now();
    const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, VITEST: ___, ELECTRON_RUN_AS_NODE: ____, ...own } = process.env;
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const admin = { REEF_ADMIN_USERNAME: ADMIN.username, REEF_ADMIN_PASSWORD: ADMIN.password };
    this.child = spawn(
      program.binary,
      [ROOT, ...asRoot, "--remote-debugging-port=0", `--user-data-dir=${join(home, "desktop")}`, ...args],
      {
        cwd: home,
        env: {
          ...own,
          HOME: home,
          XDG_CONFIG_HOME: join(home, "config"),
          DISPLAY: display,
          // No keyring, no notification service, no session of the developer's.
          DBUS_SESSION_BUS_ADDRESS: "disabled:",
          WAYLAND_DISPLAY: "",
          REEF_DATA_DIR: dataDir,
          REEF_HTTP_PORT: "0",
          REEF_HARDWARE: "simulated",
          ...(program.isGenuine ? {} : { REEF_LOCAL_STORE: "memory" }),
          ...(withoutAdmin === true ? {} : admin),
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.exited = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => resolve({ code, signal, tookMs: performance.now() - startedAt }));
    });
  }

  /** What it says sooner or later. @throws where it exits first, or says nothing of the kind in time */
  async says(what: string, pattern: RegExp): Promise<string> {
    return until(what, START_LIMIT_MS, async () => {
      const found = pattern.exec(`${this.stdout}\n${this.stderr}`)?.[1];
      if (found === undefined && this.hasExited)
        throw new Error(`the app exited (${this.child.exitCode ?? this.child.signalCode}):\n${this.stderr}`);
      return found;
    }).catch((error: unknown) => {
      throw new Error(`${firstLineOf(error)}\n${this.stderr}`, { cause: error });
    });
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<AppExit> {
    const from = performance.now();
    if (this.hasExited) return this.exited;
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill("SIGKILL"), STOP_LIMIT_MS);
    const exit = await this.exited;
    clearTimeout(timer);
    return { ...exit, tookMs: performance.now() - from };
  }
}
