import type { Browser } from "playwright-core";
import { type Bench, type Figures, interleaved, type Outcome, type RunOptions } from "./support/bench.ts";
import { startBrowser, type VisitedPage } from "./support/browser.ts";
import { DashboardBench, gzippedScriptsKb, TILES } from "./support/dashboard.ts";
import { rounded, spreadOf } from "./support/statistics.ts";

const SLOWDOWNS = [1, 6];
// A visit differs from the next by half: five of them would not tell three floors from three and a half.
const VISITS = 15;
const TIMES_BAR = 3;
const TIMES_AIM = 1.5;
const SCRIPTS_AIM_KB = 180;

/** A browser's first visit to the dashboard of 50 sensors, until it shows them all and answers. */
export const b17: Bench = {
  name: "B17",
  title: "ui-tti",
  bar: "<= 3x a blank React page, with the CPU at full speed and 6x slower",
  aim: "<= 1.5x; <= 180 KB of scripts, gzipped",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const browser = await startBrowser();
  const bench = await DashboardBench.start();
  try {
    const figures: Record<string, Figures[string]> = {};
    const floor: Record<string, Figures[string]> = {};
    const ratios: number[] = [];
    figures["scriptsGzippedKb"] = rounded(await scriptsKb(browser, bench));
    // The first visits warm the disk's and the compiler's caches of both sides.
    await (await bench.blank(browser)).close();
    for (const slowdown of SLOWDOWNS) {
      say(`${TILES} tiles, CPU ${slowdown}x slower, ${VISITS} visits of each`);
      const { a, b } = await interleaved(
        VISITS,
        () => startOf(bench.dashboard(browser, slowdown)),
        () => startOf(bench.blank(browser, slowdown)),
      );
      note(figures, slowdown, a);
      note(floor, slowdown, b);
      ratios.push(spreadOf(a.map(interactive)).median / spreadOf(b.map(interactive)).median);
      figures[`${slowdown}x ratio`] = rounded(ratios.at(-1) ?? Number.NaN);
    }
    const ratio = rounded(Math.max(...ratios));
    return {
      figures,
      floor,
      ratio,
      meetsBar: ratio <= TIMES_BAR,
      meetsAim: ratio <= TIMES_AIM && Number(figures["scriptsGzippedKb"]) <= SCRIPTS_AIM_KB,
      notes: [
        "interactive: from the navigation's start until every tile shows a value, is painted, and the page has answered a task; nothing cached, signed in by a kept token",
        "quiet: until the last task of 50 ms or more that began within a second of it, which is when the lines of the last hour arrive",
      ],
    };
  } finally {
    await browser.close();
    await bench.stop();
  }
}

async function scriptsKb(browser: Browser, bench: DashboardBench): Promise<number> {
  const visited = await bench.dashboard(browser);
  const kb = await gzippedScriptsKb(visited.page, visited.interactiveMs);
  await visited.close();
  return kb;
}

async function startOf(opened: Promise<VisitedPage>): Promise<VisitedPage> {
  const visited = await opened;
  await visited.close();
  return visited;
}

const interactive = (start: VisitedPage): number => start.interactiveMs;

function note(figures: Record<string, Figures[string]>, slowdown: number, starts: readonly VisitedPage[]): void {
  figures[`${slowdown}x interactiveMs`] = spreadOf(starts.map(interactive));
  figures[`${slowdown}x quietMs`] = spreadOf(starts.map((start) => start.quietMs));
}
