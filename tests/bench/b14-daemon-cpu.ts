import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { type Bench, type Outcome, pause, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { since, type Used, usedBy } from "./support/daemon-cpu.ts";
import { equip } from "./support/set-up.ts";
import { rounded, spreadOf } from "./support/statistics.ts";

const NAIVE = fileURLToPath(new URL("./support/naive-daemon.ts", import.meta.url));
const THERMOMETERS = 8;
const RECORDED = 31;
const SETTLE_MS = 15_000;
const SLICE_S = 30;
const BAR_PCT = 4;
const AIM_PCT = 2;

/** CPU of the daemon, its file bus and every Postgres process, with 50 sensors at 1 Hz, history, alarms and a client. */
export const b14: Bench = {
  name: "B14",
  title: "daemon-cpu",
  bar: "<= 4 % of a core",
  aim: "<= 2 % of a core",
  run,
};

/** CPU used by one side, s. */
async function run({ say }: RunOptions): Promise<Outcome> {
  const first = await HeadlessHost.start();
  const naive = await HeadlessHost.start({ entry: NAIVE });
  const { tree } = await equip(first, { thermometers: THERMOMETERS, recorded: RECORDED });
  await first.stop();
  const host = await HeadlessHost.start({ dataDir: first.dataDir });
  try {
    const heard = await listenTo(host, naive);
    await pause(SETTLE_MS);
    say(`${REPETITIONS} x ${SLICE_S} s, both at once: each one's own CPU time is counted`);
    const ours: Used[] = [];
    const floor: Used[] = [];
    for (let round = 0; round < REPETITIONS; round++) {
      const from = [await usedBy(host), await usedBy(naive)] as const;
      await pause(SLICE_S * 1_000);
      ours.push(since(from[0], await usedBy(host)));
      floor.push(since(from[1], await usedBy(naive)));
    }
    if (heard.frames < REPETITIONS * SLICE_S) throw new Error(`the client heard only ${heard.frames} frames`);
    return outcomeOf(ours, floor);
  } finally {
    await host.dispose();
    await naive.dispose();
    await first.dispose();
    await tree.remove();
  }
}

/** One client each: ours subscribes to every reading, the naive one is sent them. */
async function listenTo(host: HeadlessHost, naive: HeadlessHost): Promise<{ readonly frames: number }> {
  const { token } = await ApiClient.signedIn(host);
  const client = liveClient(host.url, async () => token);
  client.trpc.readings.live.subscribe(undefined, { onError: (error) => console.error(error) });
  new WebSocket(naive.url.replace("http", "ws")).on("message", () => undefined);
  return client;
}

function outcomeOf(ours: readonly Used[], floor: readonly Used[]): Outcome {
  const pct = (used: readonly Used[], pick: (one: Used) => number) =>
    spreadOf(used.map((one) => (100 * pick(one)) / SLICE_S));
  const all = ({ daemonS, postgresS }: Used) => daemonS + postgresS;
  const total = pct(ours, all);
  const naive = pct(floor, all);
  return {
    figures: {
      cpuPct: total,
      daemonPct: pct(ours, ({ daemonS }) => daemonS),
      postgresPct: pct(ours, ({ postgresS }) => postgresS),
    },
    floor: { cpuPct: naive },
    ratio: rounded(total.median / naive.median),
    meetsBar: total.median <= BAR_PCT,
    meetsAim: total.median <= AIM_PCT,
  };
}
