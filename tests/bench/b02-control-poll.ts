import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import { type Bench, interleaved, type Outcome, pause, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { since, usedBy } from "./support/daemon-cpu.ts";
import { FileTank } from "./support/file-tank.ts";
import { controlByFiles } from "./support/file-thermostats.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));
const FLOOR = fileURLToPath(new URL("./support/bare-poller.ts", import.meta.url));
/** Loads that come on together wait for each other (2 s apart): one is switched, so that nothing but its own way is timed. */
const CONTROLLED = 1;
const SENSORS = 50;
const PERIOD_MS = 100;
const READINGS_PER_S = CONTROLLED * (1_000 / PERIOD_MS) + (SENSORS - CONTROLLED);
const SLICE_MS = 20_000;
const OVERHEAD_BAR_MS = 20;
const OVERHEAD_AIM_MS = 5;

/** A sensor's file changes at a random moment of the poll period; until the heater's file has changed. */
export const b2: Bench = {
  name: "B2",
  title: "control-poll",
  bar: "p99 <= the poll period (100 ms) + 20 ms",
  aim: "p99 <= the poll period + 5 ms",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "reef-bench-files-"));
  const ours = await FileTank.lay(join(folder, "ours"), { controlled: CONTROLLED, sensors: SENSORS });
  const bare = await FileTank.lay(join(folder, "bare"), { controlled: CONTROLLED, sensors: SENSORS });
  const host = await HeadlessHost.start({ entry: CORE, env: { REEF_HARDWARE: "none" } });
  const floor = await HeadlessHost.start({ entry: FLOOR, args: [bare.folder] });
  try {
    say(`the core and a bare poller, ${SENSORS} sensors each, one of them at 10 Hz under control`);
    await controlByFiles(await ApiClient.signedIn(host), ours, PERIOD_MS);
    await pause(3_000);
    say(`${REPETITIONS} x ${SLICE_MS / 1_000} s of each`);
    const costs: Cost[] = [];
    const slices = await interleaved(
      REPETITIONS,
      async () => {
        const cost = await costMeter(host, floor);
        const latencies = await ours.latenciesMs(SLICE_MS);
        costs.push(await cost());
        return latencies;
      },
      () => bare.latenciesMs(SLICE_MS),
    );
    return outcomeOf(slices.a, slices.b, costs);
  } finally {
    await host.dispose();
    await floor.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Cost {
  readonly oursMs: number;
  readonly bareMs: number;
}

/** Both poll all the time. @returns ends it: each one's CPU time for a thousand readings, without PostgreSQL's */
async function costMeter(host: HeadlessHost, bare: HeadlessHost): Promise<() => Promise<Cost>> {
  const [from, bareFrom, fromMs] = [await usedBy(host), await usedBy(bare), performance.now()];
  return async () => {
    const [to, bareTo] = [await usedBy(host), await usedBy(bare)];
    const thousands = ((performance.now() - fromMs) / 1_000 / 1_000) * READINGS_PER_S;
    const perThousandMs = (s: number) => (s * 1_000) / thousands;
    return {
      oursMs: perThousandMs(since(from, to).daemonS),
      bareMs: perThousandMs(since(bareFrom, bareTo).daemonS),
    };
  };
}

function outcomeOf(ours: readonly number[][], bare: readonly number[][], costs: readonly Cost[]): Outcome {
  const at = (slices: readonly number[][], q: number) => spreadOf(slices.map((slice) => quantile(slice, q)));
  const p99 = at(ours, 0.99);
  return {
    figures: {
      events: ours.flat().length,
      p50Ms: at(ours, 0.5),
      p99Ms: p99,
      overheadP99Ms: rounded(p99.median - PERIOD_MS),
      cpuMsPer1000Readings: spreadOf(costs.map(({ oursMs }) => oursMs)),
    },
    floor: {
      periodMs: PERIOD_MS,
      barePollerP50Ms: at(bare, 0.5),
      barePollerP99Ms: at(bare, 0.99),
      barePollerCpuMsPer1000Readings: spreadOf(costs.map(({ bareMs }) => bareMs)),
    },
    ratio: rounded(p99.median / PERIOD_MS),
    meetsBar: p99.median <= PERIOD_MS + OVERHEAD_BAR_MS,
    meetsAim: p99.median <= PERIOD_MS + OVERHEAD_AIM_MS,
  };
}
