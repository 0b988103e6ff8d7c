import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { ADMIN, newDataDir, until } from "#tests/headless-host.ts";
import { displayName, forget, newHome, runtimeTitle, stopDisplay, whyNot } from "#tests/launch-app.ts";
import { realElectron } from "#tests/real-electron.ts";

const START = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
/** Nobody listens there: whoever wants to fetch something is refused at once. */
const NOWHERE = "http://127.0.0.1:9/";
const missing = await whyNot("electron");
const runtime = missing ?? (await runtimeTitle("electron"));

const folders: string[] = [];

/** `npm start`, as npm runs it. */
class StartCommand {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";

  private constructor(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
    const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, VITEST: ___, DISPLAY: ____, ...own } = process.env;
    this.child = spawn(process.execPath, [START, ...args], { cwd, env: { ...own, ...env } });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
  }

  static async run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<StartCommand> {
    const home = await newHome();
    const dataDir = await newDataDir();
    folders.push(home, dataDir);
    return new StartCommand(
      args,
      {
        HOME: home,
        XDG_CONFIG_HOME: join(home, "config"),
        WAYLAND_DISPLAY: "",
        DBUS_SESSION_BUS_ADDRESS: "disabled:",
        REEF_DATA_DIR: dataDir,
        REEF_HTTP_PORT: "0",
        REEF_HARDWARE: "simulated",
        REEF_ADMIN_USERNAME: ADMIN.username,
        REEF_ADMIN_PASSWORD: ADMIN.password,
        ...env,
      },
      home,
    );
  }

  ready(): Promise<string> {
    return until("the ready line", 90_000, async () => {
      if (this.child.exitCode !== null) throw new Error(`it exited with ${this.child.exitCode}:\n${this.stderr}`);
      return /"event":"ready","url":"([^"]+)"/.exec(this.stdout)?.[1];
    });
  }

  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = new Promise<number | null>((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    return exited;
  }

  /** What it says itself; logs are JSON, and Chromium has a voice of its own. */
  words(): string[] {
    return this.stderr.split("\n").filter((line) => line.startsWith("start:"));
  }
}

let started: StartCommand | null = null;
afterEach(async () => {
  await started?.stop();
  await forget(...folders.splice(0));
});
afterAll(stopDisplay);

test("npm start without a display says so in one line and is headless, --kiosk or not", async () => {
  started = await StartCommand.run(["--kiosk"], {});
  const url = await started.ready();
  expect(started.words()).toEqual([
    "start: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); starting headless",
  ]);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(await started.stop()).toBe(0);
});

test("npm start --remote without a display is refused: there is nothing it could show", async () => {
  started = await StartCommand.run(["--remote", "https://reef.local:8000"], {});
  const { child } = started;
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
  expect(started.words()).toEqual([expect.stringContaining("--remote needs a window: there is no display")]);
});

test("npm start where Electron is missing and cannot be fetched says so in one line and is headless", async () => {
  const nowhere = {
    ELECTRON_OVERRIDE_DIST_PATH: "/nowhere",
    ELECTRON_MIRROR: NOWHERE,
    electron_config_cache: await newHome(),
  };
  started = await StartCommand.run([], { DISPLAY: ":0", ...nowhere });
  await started.ready();
  const words = started.words();
  expect(words[0]).toMatch(/^start: fetching Electron [\d.]+ once, about 120 MB/);
  expect(words.at(-1)).toMatch(/^start: Electron could not be fetched \(.+\); starting headless$/);
  expect(await started.stop()).toBe(0);
});

test.skipIf(missing !== null)(
  `npm start with a display opens the window in ${runtime}, and its end is that of npm`,
  async () => {
    const { binary, isGenuine } = await realElectron();
    started = await StartCommand.run([], {
      DISPLAY: await displayName(),
      ELECTRON_OVERRIDE_DIST_PATH: dirname(binary),
      REEF_LOG_LEVEL: "debug",
      ...(isGenuine ? {} : { REEF_LOCAL_STORE: "memory" }),
    });
    await started.ready();
    const { stderr } = started;
    await until("the window's page", 20_000, async () =>
      started?.stderr.includes("the window's page is loaded") === true ? true : undefined,
    );
    expect(stderr).not.toContain("starting headless");
    expect(await started.stop()).toBe(0);
    expect(started.stderr).toContain("output is in its safe state");
  },
);
