import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import { type PageVisit, type VisitedPage, visit } from "./browser.ts";
import { bundlePage } from "./page-bundle.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { storePast } from "./past.ts";
import { startPostgres } from "./postgres-server.ts";
import { equip, patchChannel, sensorsOf } from "./set-up.ts";

const RENDERER = fileURLToPath(new URL("../../../out/renderer/", import.meta.url));
const RECORDED = 39;
export const TILES = 50;

/** Every tile shows a value. */
const TILES_ARE_THERE = `document.querySelectorAll("a[data-channel]:not([data-tone=none])").length >= ${TILES}`;
const BLANK_IS_THERE = `document.getElementById("blank") !== null`;

/** The built app on a tank of 50 sensors, with an hour of history; and a blank React page beside it. */
export class DashboardBench {
  readonly #host: HeadlessHost;
  readonly #blank: PageServer;
  readonly #end: () => Promise<void>;

  private constructor(host: HeadlessHost, blank: PageServer, end: () => Promise<void>) {
    this.#host = host;
    this.#blank = blank;
    this.#end = end;
  }

  static async start(): Promise<DashboardBench> {
    const postgres = await startPostgres();
    const host = await HeadlessHost.start({ env: { DATABASE_URL: postgres.url } });
    const { api, tree } = await equip(host, { thermometers: 0, recorded: RECORDED });
    await storePast(
      postgres.config,
      (await sensorsOf(api)).map(({ id }) => id),
    );
    const blank = await servePage(await bundlePage("blank-page.tsx"));
    return new DashboardBench(host, blank, async () => {
      await blank.stop();
      await host.dispose();
      await postgres.stop();
      await tree.remove();
    });
  }

  /** All sensors at this rate from now on. */
  async poll(atHz: number): Promise<void> {
    const api = await ApiClient.signedIn(this.#host);
    for (const { id } of await sensorsOf(api)) await patchChannel(api, id, { pollIntervalS: 1 / atHz });
  }

  /** The dashboard, for somebody who is signed in and comes for the first time. */
  async dashboard(browser: Browser, slowdown = 1): Promise<VisitedPage> {
    const { refreshToken } = await ApiClient.signedIn(this.#host);
    const key = `reef.refreshToken ${this.#host.url}`;
    const before = `localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(refreshToken)})`;
    return this.#visit(browser, { url: this.#host.url, isThere: TILES_ARE_THERE, slowdown, before });
  }

  blank(browser: Browser, slowdown = 1): Promise<VisitedPage> {
    return this.#visit(browser, { url: this.#blank.url, isThere: BLANK_IS_THERE, slowdown });
  }

  stop(): Promise<void> {
    return this.#end();
  }

  #visit(browser: Browser, request: PageVisit): Promise<VisitedPage> {
    return visit(browser, request);
  }
}

/** Scripts the page had loaded by then, as a server that compresses would send them, KB. */
export async function gzippedScriptsKb(page: Page, byMs: number): Promise<number> {
  const urls = (await page.evaluate(
    `performance.getEntriesByType("resource")
      .filter(({ name, startTime }) => name.endsWith(".js") && startTime < ${byMs}).map(({ name }) => name)`,
  )) as string[];
  const files = await Promise.all(urls.map((url) => readFile(join(RENDERER, new URL(url).pathname))));
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0) / 1_000;
}
