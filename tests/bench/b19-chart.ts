import type { Page } from "playwright-core";
import {
  type Bench,
  type Figures,
  interleaved,
  type Outcome,
  REPETITIONS,
  type RunOptions,
} from "./support/bench.ts";
import { startBrowser } from "./support/browser.ts";
import { bundlePage } from "./support/page-bundle.ts";
import { servePage } from "./support/page-server.ts";
import { median, rounded, spreadOf } from "./support/statistics.ts";

const SMALL = 1_000;
const LARGE = 100_000;
const DRAWINGS = 15;
const TIMES_BAR_LARGE = 10;
const TIMES_AIM_SMALL = 1.5;

/** From a series of readings to pixels, with the code of the channel's page. */
export const b19: Bench = {
  name: "B19",
  title: "chart",
  bar: "100 k raw readings <= 10x a bare canvas with the lowest and highest of each column",
  aim: "1000 readings <= 1.5x",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const browser = await startBrowser();
  const server = await servePage(await bundlePage("chart-page.ts"));
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(server.url);
    const figures: Record<string, Figures[string]> = {};
    const floor: Record<string, Figures[string]> = {};
    const ratios = new Map<number, number>();
    for (const points of [SMALL, LARGE]) {
      say(`${points} readings, ${REPETITIONS} x ${DRAWINGS} drawings of each`);
      await page.evaluate(`benchPrepare(${points})`);
      await drawingMs(page, "benchChart");
      await drawingMs(page, "benchBare");
      const { a, b } = await interleaved(
        REPETITIONS,
        () => drawingMs(page, "benchChart"),
        () => drawingMs(page, "benchBare"),
      );
      figures[`${points} pointsMs`] = spreadOf(a);
      floor[`${points} pointsMs`] = spreadOf(b);
      ratios.set(points, spreadOf(a).median / spreadOf(b).median);
      figures[`${points} points ratio`] = rounded(ratios.get(points) ?? Number.NaN);
    }
    const large = ratios.get(LARGE) ?? Number.NaN;
    return {
      figures,
      floor,
      ratio: rounded(large),
      meetsBar: large <= TIMES_BAR_LARGE,
      meetsAim: large <= TIMES_BAR_LARGE && (ratios.get(SMALL) ?? Number.NaN) <= TIMES_AIM_SMALL,
      notes: ["ours has axes, labels, limits and a band as well; the floor has a line"],
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The median of so many, each of a span that is a little longer than the one before. */
async function drawingMs(page: Page, side: "benchChart" | "benchBare"): Promise<number> {
  const each = (await page.evaluate(
    `Array.from({ length: ${DRAWINGS} }, (_, shown) => ${side}(shown * 1000))`,
  )) as number[];
  return median(each);
}
