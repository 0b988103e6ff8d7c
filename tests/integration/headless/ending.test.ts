import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { childrenOf, isAlive, kill, newDataDir, postmasterPid, until } from "#tests/headless-host.ts";

const MAIN = fileURLToPath(new URL("../../../src-main/headless/main.ts", import.meta.url));

interface Host {
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  log(): { readonly message: string; readonly [field: string]: unknown }[];
  url(): Promise<string>;
}

/** The host from its sources. @param preload a script that runs before it */
async function started(preload = ""): Promise<Host> {
  const dataDir = await newDataDir();
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, VITEST: ___, ...env } = process.env;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(preload)}`, MAIN];
  const child = spawn(process.execPath, args, {
    cwd: dataDir,
    env: { ...env, REEF_DATA_DIR: dataDir, REEF_HTTP_PORT: "0", REEF_HARDWARE: "simulated" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  const lines = () => stderr.split("\n").filter((line) => line.startsWith("{"));
  return {
    child,
    dataDir,
    ended,
    log: () => lines().map((line) => JSON.parse(line)),
    url: () =>
      until("the ready line", 30_000, async () => (stdout.includes("ready") ? JSON.parse(stdout).url : undefined)),
  };
}

const heaterIsOn = ({ log }: Host) =>
  until("the heater to be on", 10_000, async () =>
    log().some((l) => l.message === "output driven" && l["name"] === "Heater" && l["levelPct"] === 100)
      ? true
      : undefined,
  );

test("a promise that is rejected with nobody listening ends the program by way of the safe states, outputs before words", async () => {
  const host = await started(`process.on("SIGUSR2", () => { Promise.reject(new Error("lost")); });`);
  await host.url();
  await heaterIsOn(host);
  host.child.kill("SIGUSR2");
  expect(await host.ended).toBe(70);
  const said = host.log().map(({ message, name }) => (name === undefined ? message : `${name}: ${message}`));
  const safe = said.indexOf("Heater: output is in its safe state");
  expect(safe).toBeGreaterThan(0);
  expect(said.findIndex((words) => words.startsWith("a bug: an error nobody caught"))).toBeGreaterThan(safe);
});

test("whoever reads the log may go away: the program goes on", async () => {
  const host = await started();
  const url = await host.url();
  host.child.stderr?.destroy();
  host.child.stdout?.destroy();
  for (let i = 0; i < 3; i++) {
    const wrong = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"username":"x","password":"y"}',
    };
    expect((await fetch(`${url}/api/v1/auth/login`, wrong)).status).toBe(401);
  }
  expect((await fetch(`${url}/health`)).status).toBe(200);
  host.child.kill("SIGTERM");
  expect(await host.ended).toBe(0);
});

test("a signal that comes while the program is still being loaded ends it as any other", async () => {
  const host = await started(
    `process.on("newListener", (name) => { if (name === "SIGHUP") process.kill(process.pid, "SIGTERM"); });`,
  );
  expect(await host.ended).toBe(0);
});

test("a closed terminal is a stop like any other", async () => {
  const host = await started();
  await host.url();
  await heaterIsOn(host);
  host.child.kill("SIGHUP");
  expect(await host.ended).toBe(0);
  expect(host.log()).toContainEqual(
    expect.objectContaining({ name: "Heater", levelPct: 0, message: "output is in its safe state" }),
  );
});

test("a stop while Postgres is paused makes the outputs safe, and leaves no server behind", async () => {
  const host = await started();
  await host.url();
  const postmaster = (await postmasterPid(host.dataDir)) ?? 0;
  const pids = [postmaster, ...(await childrenOf(postmaster))];
  for (const pid of pids) kill(pid, "SIGSTOP");
  host.child.kill("SIGTERM");
  expect(await host.ended).toBe(0);
  await until("every process of the server to be gone", 5_000, async () =>
    pids.some(isAlive) ? undefined : true,
  );
});
