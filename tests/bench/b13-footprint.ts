import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { HeadlessHost } from "#tests/headless-host.ts";
import { type Bench, type Outcome, pause, type RunOptions } from "./support/bench.ts";
import { pssMibOf, rssMibOf, treeOf } from "./support/processes.ts";
import { equip } from "./support/set-up.ts";
import { median, rounded, slopeOf, spreadOf } from "./support/statistics.ts";

const THERMOMETERS = 8;
const RECORDED = 31;
const SHORT_S = 600;
const LONG_S = 3_600;
const SAMPLE_S = 5;
const RSS_BAR_MIB = 120;
const RSS_AIM_MIB = 75;
const SLOPE_BAR_MIB_PER_H = 1;
const SECONDS_PER_H = 3_600;

/** What the built headless host holds in memory with 50 sensors at 1 Hz, and whether that grows. */
export const b13: Bench = {
  name: "B13",
  title: "footprint",
  bar: "RSS <= 120 MiB, slope <= 1 MiB/h",
  aim: "RSS <= 75 MiB",
  run,
};

interface Sample {
  readonly atS: number;
  readonly rssMib: number;
}

async function run({ isLong, say }: RunOptions): Promise<Outcome> {
  const forS = isLong ? LONG_S : SHORT_S;
  const first = await HeadlessHost.start();
  const bare = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  try {
    const { tree } = await equip(first, { thermometers: THERMOMETERS, recorded: RECORDED });
    await pause(2_000);
    // What setting up took is not what running takes.
    await first.stop();
    const host = await HeadlessHost.start({ dataDir: first.dataDir });
    try {
      say(`50 sensors at 1 Hz for ${forS / 60} min`);
      return await watch({ host, bare, forS });
    } finally {
      await host.dispose();
      await tree.remove();
    }
  } finally {
    bare.kill();
    await first.dispose();
  }
}

interface Watched {
  readonly host: HeadlessHost;
  readonly bare: ChildProcess;
  readonly forS: number;
}

async function watch({ host, bare, forS }: Watched): Promise<Outcome> {
  const samples: Sample[] = [];
  for (let atS = SAMPLE_S; atS <= forS; atS += SAMPLE_S) {
    await pause(SAMPLE_S * 1_000);
    samples.push({ atS, rssMib: await rssMibOf(host.pid) });
  }
  const servers = await host.postgresPids();
  const children = (await treeOf(host.pid)).filter((pid) => pid !== host.pid && !servers.includes(pid));
  // The heap finds its size first; then what still grows is a leak.
  const settled = samples.filter(({ atS }) => atS > forS / 3);
  const rss = spreadOf(settled.map(({ rssMib }) => rssMib));
  const slopeMibPerH = rounded(SECONDS_PER_H * slopeOf(settled.map(({ atS, rssMib }) => ({ x: atS, y: rssMib }))));
  const bareMib = rounded(await rssMibOf(bare.pid ?? 0));
  return {
    figures: {
      rssMib: rss,
      rssAtEndMib: rounded(median(samples.slice(-5).map(({ rssMib }) => rssMib))),
      slopeMibPerH,
      daemonAndFileBusPssMib: rounded(await pssMibOf([host.pid, ...children])),
      postgresPssMib: rounded(await pssMibOf(servers)),
      minutes: forS / 60,
    },
    floor: { bareNodeRssMib: bareMib },
    ratio: rounded(rss.median / bareMib),
    meetsBar: rss.median <= RSS_BAR_MIB && slopeMibPerH <= SLOPE_BAR_MIB_PER_H,
    meetsAim: rss.median <= RSS_AIM_MIB && slopeMibPerH <= SLOPE_BAR_MIB_PER_H,
    notes: [
      "rssMib is the daemon's process; the file bus's child and Postgres are beside it as their proportional share",
      ...(forS < LONG_S ? ["ten minutes say little about a slope per hour: --long runs the hour"] : []),
    ],
  };
}
