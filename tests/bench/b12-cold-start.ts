import { spawn } from "node:child_process";
import { get } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";
import type { Readable } from "node:stream";
import { HEADLESS, HeadlessHost } from "#tests/headless-host.ts";
import { type Bench, type Outcome, pause, type RunOptions } from "./support/bench.ts";
import { startPostgres } from "./support/postgres-server.ts";
import { equip } from "./support/set-up.ts";
import { rounded, spreadOf } from "./support/statistics.ts";

/** Beside the demo tank: 50 devices, all of which are opened at a start. */
const THERMOMETERS = 49;
const ROUNDS = 15;
/** The thermostat has decided. */
const FIRST_TICK = "loop state changed";
const TIMES_BAR = 4;
const TIMES_AIM = 2;

const READY = '"ready"';
const ASK_EVERY_MS = 3;

interface Tank {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly token: string;
}

interface Start {
  readonly tickMs: number;
  readonly apiMs: number;
  /** The ready line, which also waits for history to answer. */
  readonly readyMs: number;
}

/** Spawn to the first decision of a control loop, and to the first answer of the API; Postgres is up already. */
export const b12: Bench = {
  name: "B12",
  title: "cold-start",
  bar: "first control tick and first API answer <= 4x bare `node -e 0`",
  aim: "<= 2x",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const postgres = await startPostgres();
  const host = await HeadlessHost.start({ env: { DATABASE_URL: postgres.url, REEF_LOG_LEVEL: "warn" } });
  try {
    say(`setting up ${1 + THERMOMETERS} devices`);
    const { api, tree } = await equip(host, { thermometers: THERMOMETERS, recorded: 0 });
    const token = api.token ?? "";
    await pause(2_000);
    await host.stop();
    const starts: Start[] = [];
    const bareMs: number[] = [];
    say(`${ROUNDS} starts, a bare one after each`);
    // The first one compiles and the second runs on what the first left behind.
    for (let round = -1; round < ROUNDS; round++) {
      const start = await startOnce({ dataDir: host.dataDir, databaseUrl: postgres.url, token });
      const bare = await bareStart();
      if (round < 0) continue;
      starts.push(start);
      bareMs.push(bare);
    }
    await tree.remove();
    return outcomeOf(starts, bareMs);
  } finally {
    await host.dispose();
    await postgres.stop();
  }
}

function outcomeOf(starts: readonly Start[], bareMs: readonly number[]): Outcome {
  const tick = spreadOf(starts.map((start) => start.tickMs));
  const api = spreadOf(starts.map((start) => start.apiMs));
  const bare = spreadOf(bareMs);
  const ratio = rounded(Math.max(tick.median, api.median) / bare.median);
  return {
    figures: {
      firstTickMs: tick,
      firstApiAnswerMs: api,
      readyLineMs: spreadOf(starts.map((start) => start.readyMs)),
      firstTickRatio: rounded(tick.median / bare.median),
      firstApiAnswerRatio: rounded(api.median / bare.median),
    },
    floor: { bareNodeMs: bare },
    ratio,
    meetsBar: ratio <= TIMES_BAR,
    meetsAim: ratio <= TIMES_AIM,
    notes: [
      `medians of ${ROUNDS} starts with a warm compile cache and a PostgreSQL that is up; spawn to exit for bare node`,
    ],
  };
}

async function startOnce({ dataDir, databaseUrl, token }: Tank): Promise<Start> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [HEADLESS], {
    cwd: dataDir,
    env: { ...process.env, REEF_DATA_DIR: dataDir, REEF_HTTP_PORT: String(port), DATABASE_URL: databaseUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const sinceStart = (promise: Promise<unknown>) => promise.then(() => performance.now() - startedMs);
  const said = (stream: Readable, words: string) =>
    new Promise<void>((resolve) => stream.on("data", (text: Buffer) => text.includes(words) && resolve()));
  const times = await Promise.all([
    sinceStart(said(child.stderr, FIRST_TICK)),
    sinceStart(firstAnswer(port, token)),
    sinceStart(said(child.stdout, READY)),
  ]);
  // It settles first, so that its stop does not reach into the next measurement.
  await pause(300);
  child.kill("SIGTERM");
  await exited;
  return { tickMs: times[0], apiMs: times[1], readyMs: times[2] };
}

/** A user's question behind the sign-in, with a token from before the restart; asked until there is somebody to answer. */
async function firstAnswer(port: number, token: string): Promise<void> {
  for (;;) {
    const status = await ask(port, token);
    if (status === 200) return;
    if (status !== null) throw new Error(`the first answer was ${status}`);
    await pause(ASK_EVERY_MS);
  }
}

/** @returns null where nobody listens yet */
function ask(port: number, token: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const request = get(
      { host: "127.0.0.1", port, path: "/api/v1/loops", headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    request.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") resolve(null);
      else reject(error);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function bareStart(): Promise<number> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", () => resolve(performance.now() - startedMs));
  });
}
