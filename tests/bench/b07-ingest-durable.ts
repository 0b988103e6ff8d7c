import { fileURLToPath } from "node:url";
import pg from "pg";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import {
  type Bench,
  type Figures,
  interleaved,
  type Outcome,
  pause,
  REPETITIONS,
  type RunOptions,
} from "./support/bench.ts";
import { IngestLine } from "./support/ingest-line.ts";
import { type BenchPostgres, startPostgres } from "./support/postgres-server.ts";
import { equip, patchChannel, sensorsOf } from "./support/set-up.ts";
import { median, rounded, spreadOf } from "./support/statistics.ts";
import { UnnestFloor } from "./support/unnest-floor.ts";

const SLICE_MS = 6_000;
const TIMES_BAR = 0.3;
const TIMES_AIM = 1;
const LOSS_BAR_S = 1;
const RECORDED = 39;
const FAST_POLL_S = 0.1;
const RUN_MS = 6_000;
const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));

/** From a driver's answer to the acknowledged commit, flat out; then what a kill -9 of everything loses. */
export const b7: Bench = {
  name: "B7",
  title: "ingest-durable",
  bar: ">= 0.3x `unnest` of 1000 rows a commit on the same server; kill -9 loses <= 1 s",
  aim: ">= 1x",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  const ratios: number[] = [];
  const postgres = await startPostgres();
  try {
    for (const sensors of [50, 1_000]) {
      say(`${sensors} sensors flat out, ${REPETITIONS} x ${SLICE_MS / 1_000} s of each`);
      const rates = await ratesOf(postgres, sensors);
      figures[`${sensors} sensors rowsPerS`] = spreadOf(rates.a);
      floor[`${sensors} sensors unnestRowsPerS`] = spreadOf(rates.b);
      ratios.push(median(rates.a) / median(rates.b));
    }
  } finally {
    await postgres.stop();
  }
  const losses: Loss[] = [];
  for (let kill = 0; kill < REPETITIONS; kill++) {
    say(`kill -9 of everything, ${kill + 1} of ${REPETITIONS}`);
    losses.push(await lossOfAKill());
  }
  const lossS = spreadOf(losses.map((loss) => loss.lostS));
  const ratio = rounded(Math.min(...ratios));
  const holes = losses.reduce((sum, loss) => sum + loss.holes, 0);
  return {
    figures: { ...figures, lostByKillS: lossS, holesBeforeTheLoss: holes },
    floor,
    ratio,
    meetsBar: ratio >= TIMES_BAR && lossS.max <= LOSS_BAR_S && holes === 0,
    meetsAim: ratio >= TIMES_AIM && lossS.max <= LOSS_BAR_S && holes === 0,
  };
}

async function ratesOf(postgres: BenchPostgres, sensors: number) {
  const line = await IngestLine.open(postgres, sensors);
  const floor = await UnnestFloor.open(postgres);
  try {
    return await interleaved(
      REPETITIONS,
      async () => {
        await emptyTables(postgres);
        return line.rowsPerSecond(SLICE_MS);
      },
      () => floor.rowsPerSecond(sensors, SLICE_MS),
    );
  } finally {
    await line.close();
    await floor.close();
  }
}

/** Both sides begin every slice with empty tables. */
async function emptyTables(postgres: BenchPostgres): Promise<void> {
  const client = new pg.Client(postgres.config);
  await client.connect();
  await client.query("truncate reading, rollup_5m, rollup_1h, rollup_1d");
  await client.end();
}

interface Loss {
  /** How long before the kill the oldest reading that is gone was taken, s. */
  readonly lostS: number;
  /** Readings from before that one that are gone too; they may not be. */
  readonly holes: number;
}

/** 50 sensors at 10 Hz; every reading that was taken is told at once, and compared with what a restart finds. */
async function lossOfAKill(): Promise<Loss> {
  const before = await HeadlessHost.start({ entry: CORE, args: ["--tell"] });
  try {
    const { api, tree } = await equip(before, { thermometers: 0, recorded: RECORDED });
    await tree.remove();
    for (const { id } of await sensorsOf(api)) await patchChannel(api, id, { pollIntervalS: FAST_POLL_S });
    await pause(RUN_MS + Math.random() * 1_000);
    await before.cutPower();
    // Every process is gone by now: what is counted is never too little.
    const killedAtMs = Date.now();
    const after = await HeadlessHost.start({ entry: CORE, dataDir: before.dataDir });
    try {
      return await lossFrom(after, before.stdout, killedAtMs);
    } finally {
      await after.dispose();
    }
  } finally {
    await before.dispose();
  }
}

async function lossFrom(host: HeadlessHost, told: string, killedAtMs: number): Promise<Loss> {
  const takenAtMs = told.split("\n").flatMap((line) => (/^\d+$/.test(line) ? [Number(line)] : []));
  const api = await ApiClient.signedIn(host);
  // Postgres adds what the spool kept.
  await pause(2_000);
  // Nothing of what the restarted one took: it would stand where the loss is, and make it look like a hole.
  const span = `from=2000-01-01T00:00:00Z&to=${new Date(killedAtMs).toISOString()}`;
  let stored = 0;
  let newestMs = 0;
  for (const { id } of await sensorsOf(api)) {
    const { body } = await api.get(`/channels/${id}/stats?${span}`);
    stored += body.count;
    newestMs = Math.max(newestMs, body.latest === null ? 0 : Date.parse(body.latest.takenAt));
  }
  const lost = takenAtMs.filter((atMs) => atMs > newestMs && atMs <= killedAtMs);
  const oldestMs = lost.reduce((oldest, atMs) => Math.min(oldest, atMs), killedAtMs);
  const kept = takenAtMs.filter((atMs) => atMs <= newestMs).length;
  return { lostS: (killedAtMs - oldestMs) / 1_000, holes: Math.max(0, kept - stored) };
}
