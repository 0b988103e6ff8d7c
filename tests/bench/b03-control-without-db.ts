import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, kill, until } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { type Bench, type Outcome, pause, type RunOptions } from "./support/bench.ts";
import { FileTank } from "./support/file-tank.ts";
import { controlByFiles } from "./support/file-thermostats.ts";
import { layPushRig, pushedMs, pushesFor } from "./support/push-rig.ts";
import { quantile, rounded, type Spread, spreadOf } from "./support/statistics.ts";

const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));
/** Loads that come on together wait for each other (2 s apart): one is switched, so that nothing but its own way is timed. */
const CONTROLLED = 1;
const SENSORS = 50;
const PERIOD_MS = 100;
const SLICE_MS = 9_000;
const LONG_SLICE_MS = 20_000;
/** Loads that come on together wait for each other: the relay that is pushed to and the heater must not meet. */
const STAGGERED_MS = 2_500;
const ROUNDS = 5;
/** How long Postgres is paused on top of the slices with --long, so that it is away for ten minutes in all. */
const LONG_MS = 480_000;
const DRAINED_WITHIN_MS = 60_000;
const COMMITTED_WITHIN_MS = 15_000;
const TIMES_BAR = 1.2;
const TIMES_AIM = 1.05;

/** B1 and B2 with Postgres as it is, paused, and killed; then every reading that clients heard must be in history. */
export const b3: Bench = {
  name: "B3",
  title: "control-without-db",
  bar: "p99 <= 1.2x of its own with Postgres; no reading lost",
  aim: "<= 1.05x",
  run,
};

interface Slice {
  readonly pollMs: readonly number[];
  readonly pushMs: readonly number[];
}

async function run({ isLong, say }: RunOptions): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "reef-bench-files-"));
  const tank = await FileTank.lay(folder, { controlled: CONTROLLED, sensors: SENSORS });
  const host = await HeadlessHost.start({
    entry: CORE,
    args: ["--push", `${pushesFor(isLong)}`],
    env: { REEF_HARDWARE: "none" },
  });
  const api = await ApiClient.signedIn(host);
  const client = liveClient(host.url, async () => api.token);
  try {
    await controlByFiles(api, tank, PERIOD_MS);
    await layPushRig(api);
    const heard = new Map<string, Set<string>>();
    const hearing = client.trpc.readings.live.subscribe(undefined, {
      onData: ({ channelId, takenAt, quality }) => {
        if (takenAt === null || quality !== "good") return;
        heard.set(channelId, (heard.get(channelId) ?? new Set()).add(takenAt));
      },
    });
    await pause(3_000);
    const sliceMs = isLong ? LONG_SLICE_MS : SLICE_MS;
    const slice = async (): Promise<Slice> => {
      await pause(STAGGERED_MS);
      const pollMs = await tank.latenciesMs(sliceMs);
      await pause(STAGGERED_MS);
      return { pollMs, pushMs: await pushedMs(host) };
    };
    await slice();
    const up: Slice[] = [];
    const away: Slice[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      say(`round ${round + 1} of ${ROUNDS}: with Postgres`);
      up.push(await slice());
      const pids = await host.postgresPids();
      if (round % 2 === 0) {
        say("Postgres is paused");
        for (const pid of pids) kill(pid, "SIGSTOP");
        await pause(isLong && round === 0 ? LONG_MS : 4_000);
        away.push(await slice());
        for (const pid of pids) kill(pid, "SIGCONT");
      } else {
        say("Postgres is killed, and comes back");
        for (const pid of pids) kill(pid, "SIGKILL");
        away.push(await slice());
      }
      await isWell(api);
    }
    hearing.unsubscribe();
    const lost = await lostInTheEnd(api, heard);
    return outcomeOf(up, away, { heard: [...heard.values()].reduce((sum, at) => sum + at.size, 0), lost });
  } finally {
    for (const pid of await host.postgresPids()) kill(pid, "SIGCONT");
    await client.close();
    await host.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

function isWell(api: ApiClient): Promise<true> {
  return until("Postgres to be back and the spool drained", DRAINED_WITHIN_MS, async () => {
    const { body } = await api.get("/health");
    return body.status === "ok" ? true : undefined;
  });
}

/** What was heard last may still be on its way to the disk: it is looked for until nothing is missing. */
async function lostInTheEnd(api: ApiClient, heard: ReadonlyMap<string, ReadonlySet<string>>): Promise<number> {
  const endMs = performance.now() + COMMITTED_WITHIN_MS;
  let lost = await lostOf(api, heard);
  while (lost > 0 && performance.now() < endMs) {
    await pause(1_000);
    lost = await lostOf(api, heard);
  }
  return lost;
}

/** How many of the readings that a client heard history does not show. */
async function lostOf(api: ApiClient, heard: ReadonlyMap<string, ReadonlySet<string>>): Promise<number> {
  let lost = 0;
  for (const [channelId, instants] of heard) {
    const sorted = [...instants].sort();
    const { body } = await api.get(
      `/channels/${channelId}/stats?from=${sorted[0]}&to=${new Date().toISOString()}`,
    );
    lost += Math.max(0, instants.size - Number(body.count));
  }
  return lost;
}

function outcomeOf(
  up: readonly Slice[],
  away: readonly Slice[],
  { heard, lost }: { readonly heard: number; readonly lost: number },
): Outcome {
  const p99 = (slices: readonly Slice[], of: keyof Slice): Spread =>
    spreadOf(slices.map((slice) => quantile(slice[of], 0.99)));
  const poll = p99(away, "pollMs").median / p99(up, "pollMs").median;
  const push = p99(away, "pushMs").median / p99(up, "pushMs").median;
  const ratio = Math.max(poll, push);
  return {
    figures: {
      pollP99Ms: p99(away, "pollMs"),
      pushP99Ms: p99(away, "pushMs"),
      pollRatio: rounded(poll),
      pushRatio: rounded(push),
      readingsHeard: heard,
      readingsLost: lost,
    },
    floor: { pollP99Ms: p99(up, "pollMs"), pushP99Ms: p99(up, "pushMs") },
    ratio: rounded(ratio),
    meetsBar: ratio <= TIMES_BAR && lost === 0,
    meetsAim: ratio <= TIMES_AIM && lost === 0,
  };
}
