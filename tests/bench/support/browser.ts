import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { findProgram } from "#tests/debian-packages.ts";
import { whyNot } from "#tests/launch-app.ts";
import { pause, Skipped } from "./bench.ts";

const SWITCHES = ["--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-extensions"];
const VIEWPORT = { width: 1280, height: 800 };
const READY_LIMIT_MS = 60_000;
/** A new window loads pages of its own, an address bar's suggestions among them, for half a second. */
const WINDOW_SETTLES_MS = 1_500;
/** What still runs so long after the page is there belongs to its start. */
const QUIET_MS = 1_000;

/** @throws Skipped where there is no Chromium */
export async function startBrowser(): Promise<Browser> {
  const missing = await whyNot("chromium");
  if (missing !== null) throw new Skipped(missing);
  const executablePath = await findProgram("chromium");
  if (executablePath === null) throw new Skipped("chromium is missing");
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...SWITCHES, ...asRoot] });
}

export interface PageVisit {
  readonly url: string;
  /** Says in the page whether it is there: an expression. */
  readonly isThere: string;
  /** 1: as fast as this machine is. */
  readonly slowdown: number;
  /** Runs in the page before its own scripts. */
  readonly before?: string;
}

export interface VisitedPage {
  readonly page: Page;
  readonly session: CDPSession;
  /** From the navigation's start until it was painted and answered, ms. */
  readonly interactiveMs: number;
  /** Until nothing was left that would have kept it from answering for 50 ms, ms. */
  readonly quietMs: number;
  close(): Promise<void>;
}

/** Opens a page with nothing cached, as on a first visit, in a window that has come to rest. */
export async function visit(
  browser: Browser,
  { url, isThere, slowdown, before = "" }: PageVisit,
): Promise<VisitedPage> {
  const context: BrowserContext = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(`${before};${watchScript(isThere)}`);
  await pause(WINDOW_SETTLES_MS);
  await page.goto(url, { waitUntil: "commit" });
  const interactiveMs = await limited(page.evaluate("benchPainted") as Promise<number>, `${url} to be there`);
  await pause(QUIET_MS);
  const busyUntilMs = (await page.evaluate("benchBusyUntilMs()")) as number;
  return {
    page,
    session,
    interactiveMs,
    quietMs: Math.max(interactiveMs, busyUntilMs),
    close: () => context.close(),
  };
}

/** Long tasks are those of 50 ms and more (W3C Long Tasks): a tap during one of them waits. */
function watchScript(isThere: string): string {
  return `
    {
      const tasks = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
      globalThis.benchBusyUntilMs = () => Math.max(0, ...tasks.map((task) => task.startTime + task.duration));
      globalThis.benchPainted = new Promise((resolve) => {
        const look = () => {
          if (document.readyState === "loading" || !(${isThere})) return requestAnimationFrame(look);
          // The frame that shows it, and then a task: it answers.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        look();
      });
    }`;
}

async function limited<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${READY_LIMIT_MS} ms for ${what}`)), READY_LIMIT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How far apart frames are for so long, ms. */
export function frameTimesMs(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    const endMs = last + ${forMs};
    const frame = (nowMs) => {
      times.push(nowMs - last);
      last = nowMs;
      if (nowMs < endMs) requestAnimationFrame(frame);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(frame);
  })`) as Promise<number[]>;
}

/** What the page's scripts hold after everything unused was given back, KiB. */
export async function heapKib(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1_024;
}
