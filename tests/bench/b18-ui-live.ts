import type { Browser } from "playwright-core";
import {
  type Bench,
  type Figures,
  interleaved,
  type Outcome,
  pause,
  REPETITIONS,
  type RunOptions,
} from "./support/bench.ts";
import { frameTimesMs, heapKib, startBrowser, type VisitedPage } from "./support/browser.ts";
import { DashboardBench, TILES } from "./support/dashboard.ts";
import { quantile, rounded, slopeOf, spreadOf } from "./support/statistics.ts";

const RATES_HZ = [1, 10];
/** Five of them are the minute. */
const SLICE_MS = 12_000;
const SETTLE_MS = 4_000;
/** The pages that are fetched ahead, and what is compiled at first, are no growth. */
const HEAP_SETTLE_MS = 20_000;
const HEAP_SAMPLES = 8;
const HEAP_EVERY_MS = 10_000;
const TIMES_BAR = 2;
const TIMES_AIM = 1.2;
/** Measurements of a heap that stays as it is differ by 200 KiB, which is so much of a slope in their time. */
const HEAP_AIM_KIB_PER_MIN = 150;

/** How evenly a dashboard of 50 live tiles with sparklines of 300 points draws its frames, and whether it grows. */
export const b18: Bench = {
  name: "B18",
  title: "ui-live",
  bar: "p99 of the time between frames <= 2x a blank page, with readings at 1 Hz and at 10 Hz",
  aim: "<= 1.2x; a heap that does not grow",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const browser = await startBrowser();
  const bench = await DashboardBench.start();
  try {
    const figures: Record<string, Figures[string]> = {};
    const floor: Record<string, Figures[string]> = {};
    const ratios: number[] = [];
    const slopes: number[] = [];
    for (const rateHz of RATES_HZ) {
      await bench.poll(rateHz);
      say(`${TILES} tiles at ${rateHz} Hz, ${REPETITIONS} x ${SLICE_MS / 1_000} s of each page`);
      const { a, b } = await interleaved(
        REPETITIONS,
        () => framesOf(bench.dashboard(browser)),
        () => framesOf(bench.blank(browser)),
      );
      const name = `${rateHz} Hz`;
      note(figures, name, a);
      note(floor, name, b);
      ratios.push(p99(a).median / p99(b).median);
      say("whether its heap grows");
      const slope = rounded(await heapSlope(browser, bench));
      figures[`${name} ratio`] = rounded(ratios.at(-1) ?? Number.NaN);
      figures[`${name} heapKibPerMin`] = slope;
      slopes.push(slope);
    }
    const ratio = rounded(Math.max(...ratios));
    return {
      figures,
      floor,
      ratio,
      meetsBar: ratio <= TIMES_BAR,
      meetsAim: ratio <= TIMES_AIM && slopes.every((slope) => slope <= HEAP_AIM_KIB_PER_MIN),
    };
  } finally {
    await browser.close();
    await bench.stop();
  }
}

function note(figures: Record<string, Figures[string]>, name: string, slices: readonly number[][]): void {
  figures[`${name} frames`] = slices.flat().length;
  figures[`${name} p50Ms`] = spreadOf(slices.map((slice) => quantile(slice, 0.5)));
  figures[`${name} p99Ms`] = p99(slices);
  figures[`${name} longestMs`] = spreadOf(slices.map((slice) => Math.max(...slice)));
}

const p99 = (slices: readonly number[][]) => spreadOf(slices.map((slice) => quantile(slice, 0.99)));

async function framesOf(opened: Promise<VisitedPage>): Promise<number[]> {
  const visited = await opened;
  // What a start costs is B17's.
  await pause(SETTLE_MS);
  const times = await frameTimesMs(visited.page, SLICE_MS);
  await visited.close();
  return times;
}

async function heapSlope(browser: Browser, bench: DashboardBench): Promise<number> {
  const { session, close } = await bench.dashboard(browser);
  await pause(HEAP_SETTLE_MS);
  const samples: { x: number; y: number }[] = [];
  for (let i = 0; i < HEAP_SAMPLES; i++) {
    samples.push({ x: (i * HEAP_EVERY_MS) / 60_000, y: await heapKib(session) });
    await pause(HEAP_EVERY_MS);
  }
  await close();
  return slopeOf(samples);
}
