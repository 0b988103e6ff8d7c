import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { findProgram, firstLineOf, installPrograms } from "./debian-packages.ts";
import { type AppExit, DesktopProcess, type ProcessRequest } from "./desktop-process.ts";
import { VirtualDisplay } from "./display.ts";
import { HeadlessHost, newDataDir, until } from "./headless-host.ts";
import { realElectron, STAND_BY_VERSION } from "./real-electron.ts";

const run = promisify(execFile);
const LAPTOP = { width: 1280, height: 800 };
const START_LIMIT_MS = 60_000;
const ANSWER_LIMIT_MS = 2_000;

export type RuntimeName = "electron" | "chromium";

export interface LaunchRequest extends Pick<ProcessRequest, "args" | "env" | "withoutAdmin"> {
  readonly runtime: RuntimeName;
  /** CSS pixels; by default a laptop's 1280 x 800, and in kiosk mode the whole display. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The tank's data; a new one, removed at the end, by default. */
  readonly dataDir?: string;
  /** What the desktop app keeps of itself; the same one again is the same desktop. */
  readonly home?: string;
  /** The origin of a core that runs already: none is started, and the page is a window onto that one. */
  readonly onto?: string;
}

/** The built app, in one of its runtimes, seen by its user. */
export interface LaunchedApp {
  readonly page: Page;
  /** Where the core's API listens. */
  readonly url: string;
  /** Name and version, as `Electron 33.2.1 (Chromium 130.0.6723.137)`. */
  readonly runtime: string;
  /** The process that owns the core: the desktop app, or the headless host. */
  readonly child: ChildProcess;
  readonly exited: Promise<AppExit>;
  readonly home: string;
  /** Everything it said on stderr. */
  log(): string;
  /** The page anew: one that crashed cannot be spoken to any more, and what is loaded in its place is another. */
  freshPage(): Promise<Page>;
  /** Ends it as a service manager does, and removes what it left. Again: nothing. */
  stop(signal?: NodeJS.Signals): Promise<AppExit>;
}

/**
 * Whether a runtime can be had here; what is missing is installed where that is possible.
 * @returns null, or for the title of a skipped test which program could have been installed
 */
export async function whyNot(runtime: RuntimeName): Promise<string | null> {
  const programs = runtime === "electron" ? { Xvfb: "xvfb", chromium: "chromium" } : { chromium: "chromium" };
  const missing = await installPrograms(programs);
  if (missing !== null) return `[could have been installed] ${missing}`;
  if (runtime === "chromium") return null;
  return realElectron().then(
    () => null,
    (error: unknown) => `[could have been installed] ${firstLineOf(error)}`,
  );
}

/** The runtime's name and version, before anything is launched in it: for titles. */
export async function runtimeTitle(runtime: RuntimeName): Promise<string> {
  if (runtime === "chromium") {
    const { stdout } = await run("chromium", ["--version"]);
    return `Chromium ${/[\d.]+/.exec(stdout)?.[0] ?? ""}`;
  }
  const { binary, isGenuine } = await realElectron();
  const version = await readFile(join(dirname(binary), "version"), "utf8").catch(() => STAND_BY_VERSION);
  return `Electron ${version.trim().replace(/^v/, "")}${isGenuine ? "" : " (stand-by)"}`;
}

/** Starts the app and waits until its page is there and its core answers. @throws with its log where it does not */
export function launchApp(request: LaunchRequest): Promise<LaunchedApp> {
  return request.runtime === "electron" ? launchElectron(request) : launchChromium(request);
}

export async function newHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), "reef-home-"));
}

/** One display for all of a test file's windows. */
let display: Promise<VirtualDisplay> | null = null;

export async function displayName(): Promise<string> {
  display ??= VirtualDisplay.start();
  return (await display).name;
}

/** After the last test of a file. */
export async function stopDisplay(): Promise<void> {
  const running = await display;
  display = null;
  await running?.stop();
}

async function launchElectron(request: LaunchRequest): Promise<LaunchedApp> {
  const { viewport, onto } = request;
  const args = [...(request.args ?? []), ...(onto === undefined ? [] : [`--remote=${onto}`])];
  const program = await realElectron();
  const home = request.home ?? (await newHome());
  const dataDir = request.dataDir ?? (await newDataDir());
  const isKiosk = args.includes("--kiosk");
  if (request.home === undefined && !isKiosk) await placeWindow(home, viewport ?? LAPTOP);
  const app = new DesktopProcess(program, { ...request, args, home, dataDir, display: await displayName() });
  try {
    const devTools = await app.says("its developer tools", /DevTools listening on (ws:\S+)/);
    const url = await app.says("its ready line", /\{"event":"ready","url":"([^"]+)"/);
    const browser = await chromium.connectOverCDP(devTools);
    const page = await pageOf(browser);
    if (isKiosk && viewport !== undefined) await resize(page, viewport);
    return {
      page,
      url,
      runtime: await runtimeOf(devTools, browser),
      child: app.child,
      exited: app.exited,
      home,
      log: () => app.stderr,
      freshPage: () => answeringPage(devTools),
      stop: async (signal) => {
        await browser.close().catch(() => undefined);
        const exit = await app.stop(signal);
        await forget(request.home === undefined ? home : null, request.dataDir === undefined ? dataDir : null);
        return exit;
      },
    };
  } catch (error) {
    await app.stop("SIGKILL");
    throw error;
  }
}

async function launchChromium(request: LaunchRequest): Promise<LaunchedApp> {
  const { viewport = LAPTOP, args = [], env = {}, dataDir, withoutAdmin = false, onto } = request;
  const kept = dataDir === undefined ? {} : { dataDir };
  const host = onto === undefined ? await HeadlessHost.start({ env, withoutAdmin, ...kept }) : null;
  const url = onto ?? host?.url ?? "";
  const home = request.home ?? (await newHome());
  const program = await findProgram("chromium");
  if (program === null) throw new Error("chromium is missing: ask whyNot first");
  const switches = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${home}`, "--no-first-run"];
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browserChild = spawn(program, [...switches, ...asRoot, ...args, "about:blank"], {
    env: { ...process.env, HOME: home, DBUS_SESSION_BUS_ADDRESS: "disabled:" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  browserChild.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const launchedAt = performance.now();
  const browserGone = new Promise<AppExit>((resolve) => {
    browserChild.once("exit", (code, signal) => resolve({ code, signal, tookMs: performance.now() - launchedAt }));
  });
  const devTools = await until(
    "chromium",
    START_LIMIT_MS,
    async () => /DevTools listening on (ws:\S+)/.exec(said)?.[1],
  );
  const browser = await chromium.connectOverCDP(devTools);
  const context = await browser.newContext({ viewport, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(url);
  return {
    page,
    url,
    runtime: await runtimeOf(devTools, browser),
    child: host?.child ?? browserChild,
    exited: host?.exited.then(({ code, signal, afterMs }) => ({ code, signal, tookMs: afterMs })) ?? browserGone,
    home,
    log: () => host?.stderr ?? said,
    freshPage: async () => {
      const fresh = await context.newPage();
      await fresh.goto(url);
      return fresh;
    },
    stop: async (signal) => {
      await browser.close().catch(() => undefined);
      browserChild.kill("SIGTERM");
      const browserExit = await browserGone;
      await forget(request.home === undefined ? home : null);
      if (host === null) return browserExit;
      const isGone = host.child.exitCode !== null || host.child.signalCode !== null;
      const exit = isGone ? { ...(await host.exited), tookMs: 0 } : await host.stop(signal);
      await forget(dataDir === undefined ? host.dataDir : null);
      return { code: exit.code, signal: exit.signal, tookMs: exit.tookMs };
    },
  };
}

/** What the app remembers of its window decides its size; without a window manager nothing is added around it. */
async function placeWindow(home: string, { width, height }: { width: number; height: number }): Promise<void> {
  await mkdir(join(home, "desktop"), { recursive: true });
  const placement = { x: 0, y: 0, width, height, isMaximized: false };
  await writeFile(join(home, "desktop/window.json"), JSON.stringify(placement));
}

/** Makes the page believe in another screen. */
export async function resize(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  // A browser's page has a size of its own, which it takes again with every picture.
  if (page.viewportSize() !== null) return page.setViewportSize({ width, height });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
}

async function pageOf(browser: Browser): Promise<Page> {
  return until("the window's page", START_LIMIT_MS, async () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url().startsWith("app://")),
  );
}

/** A page that is just coming back may be listed before it can be spoken to, and one that is gone never answers again. */
function answeringPage(devTools: string): Promise<Page> {
  return until("a page that answers", START_LIMIT_MS, async () => {
    const page = await pageOf(await chromium.connectOverCDP(devTools));
    const silence = setTimeout(ANSWER_LIMIT_MS, null);
    const state = await Promise.race([page.evaluate("document.readyState").catch(() => null), silence]);
    return state === "complete" ? page : undefined;
  });
}

async function runtimeOf(devTools: string, browser: Browser): Promise<string> {
  const answer = await fetch(new URL("/json/version", devTools.replace(/^ws/, "http")));
  const said = (await answer.json()) as { "User-Agent"?: string };
  const electron = /Electron\/(\S+)/.exec(said["User-Agent"] ?? "")?.[1];
  return electron === undefined
    ? `Chromium ${browser.version()}`
    : `Electron ${electron} (Chromium ${browser.version()})`;
}

/** Removes what a test made in the temporary folder. */
export async function forget(...folders: readonly (string | null)[]): Promise<void> {
  for (const folder of folders)
    if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
