import { fileURLToPath } from "node:url";
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
import { CLOCK_PROBE } from "./support/clock-probe.ts";
import { bareTongue, LiveListeners, type LiveTongue, reefTongue } from "./support/live-listeners.ts";
import { cpuSecondsOf } from "./support/processes.ts";
import { addDevice } from "./support/set-up.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));
const FLOOR = fileURLToPath(new URL("./support/bare-fan-out.ts", import.meta.url));
const PROBES = 5;
const PERIOD_MS = 100;
/** No part of the period, so that the probes' turns spread over it as the floor's do. */
const BETWEEN_PROBES_MS = 121;
const CLIENTS = [1, 10, 50];
const SETTLE_MS = 500;
const SLICE_MS = 4_000;
const TIMES_BAR = 2;
const TIMES_AIM = 1.3;

/** A driver's answer, through validation and the readings bus, to clients over WebSocket. */
export const b16: Bench = {
  name: "B16",
  title: "live-push",
  bar: "p50 at every client <= 2x raw WebSocket fan-out, with 1, 10 and 50 clients",
  aim: "<= 1.3x; made into text once for all clients",
  run,
};

interface Slice {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the sending process, for each message it sent, µs. */
  readonly cpuUs: number;
}

async function run({ say }: RunOptions): Promise<Outcome> {
  const host = await HeadlessHost.start({ entry: CORE, env: { REEF_HARDWARE: "none" } });
  const floor = await HeadlessHost.start({ entry: FLOOR, args: [`${PROBES}`, `${PERIOD_MS}`] });
  try {
    const api = await ApiClient.signedIn(host);
    const channelIds = await clockProbes(api);
    const ours = reefTongue(host.url, api.token ?? "", channelIds);
    const bare = bareTongue(floor.url);
    const figures: Record<string, Figures[string]> = {};
    const floors: Record<string, Figures[string]> = {};
    const ratios: number[] = [];
    for (const clients of CLIENTS) {
      const samples = (PROBES * 1_000) / PERIOD_MS;
      say(
        `${samples} samples a second to ${clients} clients, ${REPETITIONS} x ${SLICE_MS / 1_000} s of each side`,
      );
      const slices = await interleaved(
        REPETITIONS,
        () => sliceOf(host, ours, clients),
        () => sliceOf(floor, bare, clients),
      );
      const name = `${clients} client${clients === 1 ? "" : "s"}`;
      note(figures, name, slices.a);
      note(floors, name, slices.b);
      ratios.push(spreadOf(slices.a.map(p50)).median / spreadOf(slices.b.map(p50)).median);
      figures[`${name} ratio`] = rounded(ratios.at(-1) ?? Number.NaN);
    }
    const ratio = rounded(Math.max(...ratios));
    return { figures, floor: floors, ratio, meetsBar: ratio <= TIMES_BAR, meetsAim: ratio <= TIMES_AIM };
  } finally {
    await host.dispose();
    await floor.dispose();
  }
}

const p50 = (slice: Slice): number => slice.p50Ms;

function note(figures: Record<string, Figures[string]>, name: string, slices: readonly Slice[]): void {
  figures[`${name} p50Ms`] = spreadOf(slices.map(p50));
  figures[`${name} p99Ms`] = spreadOf(slices.map((slice) => slice.p99Ms));
  figures[`${name} cpuUsPerMessage`] = spreadOf(slices.map((slice) => slice.cpuUs));
}

async function clockProbes(api: ApiClient): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < PROBES; i++) {
    const [channel] = await addDevice(api, CLOCK_PROBE, `Clock ${i}`, {});
    if (channel === undefined) throw new Error("a clock has no channel");
    ids.push(channel.id);
    await pause(BETWEEN_PROBES_MS);
  }
  return ids;
}

async function sliceOf(sender: HeadlessHost, tongue: LiveTongue, clients: number): Promise<Slice> {
  const listeners = await LiveListeners.open(clients, tongue);
  try {
    // The present state comes first, and is as old as it is.
    await pause(SETTLE_MS);
    const fromS = await cpuSecondsOf([sender.pid]);
    const ages = await listeners.agesMs(SLICE_MS);
    const usedS = (await cpuSecondsOf([sender.pid])) - fromS;
    const expected = (clients * PROBES * SLICE_MS) / PERIOD_MS;
    if (ages.length < expected / 2) throw new Error(`${ages.length} of ${expected} readings were heard`);
    return { p50Ms: quantile(ages, 0.5), p99Ms: quantile(ages, 0.99), cpuUs: (1e6 * usedS) / ages.length };
  } finally {
    await listeners.close();
  }
}
