import { join } from "node:path";
import { app, BrowserWindow, screen } from "electron";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import { type PageRequest, pageUrl } from "./app-page.ts";
import type { IpcDoor } from "./ipc-door.ts";
import { KeptFile } from "./kept-file.ts";
import { placementOn, SMALLEST, WindowPlacement } from "./window-placement.ts";

/** A page that crashes again at once is given longer and longer, so that it leaves the machine to the tank. */
const FIRST_RELOAD_MS = 250;
const LONGEST_RELOAD_MS = 30_000;
/** After this long without a crash the next one is a first one again. */
const STEADY_MS = 60_000;
/** One drag is many moves. */
const KEEP_AFTER_MS = 500;
/** The page's own dark surface, so that nothing flashes before it is drawn. */
const BACKGROUND = "#06141c";

interface MainWindowParts {
  readonly isKiosk: boolean;
  readonly preload: string;
  readonly icon: string;
  readonly door: IpcDoor;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The one window. It can crash, be closed and come back; the core notices only that its lines ended. */
export class MainWindow {
  readonly #parts: MainWindowParts;
  readonly #kept: KeptFile<typeof WindowPlacement>;
  #window: BrowserWindow | null = null;
  #lastLoad: Promise<void> = Promise.resolve();
  #page: PageRequest | null = null;
  #crashes = 0;
  #cancelSteady: Cancel = () => undefined;
  #cancelReload: Cancel = () => undefined;
  #cancelKeep: Cancel = () => undefined;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    this.#kept = new KeptFile(join(app.getPath("userData"), "window.json"), WindowPlacement, parts.log);
  }

  /** null where it is closed. */
  get browserWindow(): BrowserWindow | null {
    return this.#window;
  }

  /** Opens the window on a page, or shows that page in it. One after the other: two loads at once end each other. */
  open(page: PageRequest): Promise<void> {
    this.#page = page;
    this.#lastLoad = this.#lastLoad.then(() => this.#load(page));
    return this.#lastLoad;
  }

  /** Brings it forward, opening it again where it was closed. */
  show(): void {
    const window = this.#window;
    if (window === null) {
      if (this.#page !== null) void this.open(this.#page);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** For good. */
  close(): void {
    for (const cancel of [this.#cancelReload, this.#cancelSteady, this.#cancelKeep]) cancel();
    this.#window?.destroy();
  }

  async #load(page: PageRequest): Promise<void> {
    // Another one was asked for meanwhile.
    if (this.#page !== page) return;
    const window = this.#window ?? (await this.#create());
    await window.loadURL(pageUrl(page)).catch((error: unknown) => {
      this.#parts.log.debug({ error }, "the page did not load at once");
    });
  }

  async #create(): Promise<BrowserWindow> {
    const { isKiosk, preload, icon, door } = this.#parts;
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
    const saved = isKiosk ? null : await this.#kept.load();
    const { isMaximized, ...bounds } = placementOn(
      saved,
      displays.map(({ workArea }) => workArea),
    );
    const window = new BrowserWindow({
      // Without a window manager kiosk mode alone does not fill the screen.
      ...(isKiosk
        ? { ...screen.getPrimaryDisplay().bounds, kiosk: true, fullscreen: true, frame: false }
        : { ...bounds, minWidth: SMALLEST.width, minHeight: SMALLEST.height }),
      show: false,
      title: "Bella's Reef",
      icon,
      backgroundColor: BACKGROUND,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: !isKiosk && !app.isPackaged,
        // Alarms and the clock go on behind another window.
        backgroundThrottling: false,
      },
    });
    this.#window = window;
    door.admit(window.webContents);
    this.#watchPage(window);
    if (!isKiosk) this.#watchPlacement(window);
    window.once("ready-to-show", () => {
      if (isMaximized) window.maximize();
      window.show();
    });
    window.once("closed", () => {
      this.#window = null;
    });
    return window;
  }

  #watchPage(window: BrowserWindow): void {
    const { isKiosk, log } = this.#parts;
    const contents = window.webContents;
    contents.on("render-process-gone", (_event, { reason, exitCode }) => {
      if (reason === "clean-exit") return;
      log.error({ reason, exitCode }, "the window's page is gone and is loaded again; the tank goes on");
      this.#reloadSoon(window);
    });
    contents.on("did-fail-load", (...[, code, description, , isMainFrame]) => {
      if (!isMainFrame || description === "ERR_ABORTED") return;
      log.error({ code, description }, "the window's page did not load and is tried again");
      this.#reloadSoon(window);
    });
    contents.on("did-finish-load", () => log.debug({}, "the window's page is loaded"));
    contents.on("unresponsive", () => {
      log.warn({}, "the window's page hangs");
      // Nobody is there to answer a question; its end is a crash like another.
      if (isKiosk) contents.forcefullyCrashRenderer();
    });
  }

  #reloadSoon(window: BrowserWindow): void {
    const { clock } = this.#parts;
    this.#cancelReload();
    this.#cancelSteady();
    const delayMs = Math.min(FIRST_RELOAD_MS * 2 ** this.#crashes, LONGEST_RELOAD_MS);
    this.#crashes += 1;
    this.#cancelReload = after(clock, delayMs, () => {
      if (!window.isDestroyed()) window.webContents.reload();
      this.#cancelSteady = after(clock, STEADY_MS, () => {
        this.#crashes = 0;
      });
    });
  }

  #watchPlacement(window: BrowserWindow): void {
    const keep = () => void this.#kept.save({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
    const keepSoon = () => {
      this.#cancelKeep();
      this.#cancelKeep = after(this.#parts.clock, KEEP_AFTER_MS, () => {
        if (!window.isDestroyed()) keep();
      });
    };
    window.on("resize", keepSoon);
    window.on("move", keepSoon);
    window.on("maximize", keepSoon);
    window.on("unmaximize", keepSoon);
    window.on("close", keep);
    // A page that closes itself tells nobody beforehand.
    keepSoon();
  }
}
