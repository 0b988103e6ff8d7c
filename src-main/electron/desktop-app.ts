import { join } from "node:path";
import { app, ipcMain, powerSaveBlocker, protocol, session } from "electron";
import { z } from "zod";
import type { Core } from "../composition/ports.ts";
import { beginStoreThread } from "../local-store/store-thread.ts";
import type { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import type { Settings } from "../settings/environment.ts";
import { answerFrom } from "./app-files.ts";
import { APP_SCHEME, type PageRequest, policyFor } from "./app-page.ts";
import { CertificatePins, PinnedCertificates } from "./certificate-pins.ts";
import { DesktopDialogs } from "./desktop-dialogs.ts";
import type { DesktopFiles } from "./desktop-files.ts";
import { watchHealth } from "./health-watch.ts";
import { IpcDoor } from "./ipc-door.ts";
import { KeptFile } from "./kept-file.ts";
import { keychainSeal } from "./key-seal.ts";
import type { LaunchOptions } from "./launch-options.ts";
import { lockDown } from "./lock-down.ts";
import { MainWindow } from "./main-window.ts";
import { setApplicationMenu } from "./menu.ts";
import { ElectronNotifier } from "./notifier.ts";
import { allowRemoteCore } from "./remote-core.ts";
import { TankTray } from "./tank-tray.ts";
import { type Words, wordsFor } from "./words.ts";

/** The local store's addon crashes older runtimes; it refuses them in words later on. */
const STORE_NAPI = 10;
const Habits = z.strictObject({ keepsRunning: z.boolean() });

export interface DesktopParts {
  readonly options: LaunchOptions;
  readonly settings: Settings;
  readonly files: DesktopFiles;
  /** The bundler's development server; null outside of development. */
  readonly devServer: string | null;
  readonly clock: Clock;
  readonly log: JsonLogger;
  /** Aborts when the program is told to end. */
  readonly stopping: AbortSignal;
  /** Asks for the program's end. */
  end(reason: string, exitCode: number): void;
}

/** The desktop app: its window, and the core behind it or elsewhere. Built when Electron is ready. */
export class DesktopApp {
  readonly #parts: DesktopParts;
  readonly #words: Words = wordsFor(app.getLocale());
  readonly #door: IpcDoor;
  readonly #window: MainWindow;
  readonly #dialogs: DesktopDialogs;
  readonly #tray: TankTray;
  readonly #habits: KeptFile<typeof Habits>;
  #keepsRunning = false;
  #page: PageRequest;
  #core: Core | null = null;

  constructor(parts: DesktopParts) {
    const { options, files, clock, log } = parts;
    const desktopLog = log.named("desktop");
    this.#parts = parts;
    this.#page = { isKiosk: options.isKiosk, remote: options.remote, isOfRunningCore: false };
    this.#door = new IpcDoor(desktopLog);
    this.#window = new MainWindow({
      isKiosk: options.isKiosk,
      preload: files.preload,
      icon: files.icon,
      door: this.#door,
      clock,
      log: desktopLog,
    });
    this.#dialogs = new DesktopDialogs(this.#words, () => this.#window.browserWindow);
    this.#habits = new KeptFile(join(app.getPath("userData"), "habits.json"), Habits, desktopLog);
    this.#tray = new TankTray({
      icon: files.icon,
      words: this.#words,
      log: desktopLog,
      keepsRunning: () => this.#keepsRunning,
      setKeepsRunning: (keepsRunning) => {
        this.#keepsRunning = keepsRunning;
        void this.#habits.save({ keepsRunning });
      },
      show: () => this.show(),
    });
  }

  /** Opens the window and starts the core side by side. @returns the URL of the core that the window shows */
  async start(): Promise<string> {
    const { options, files, devServer, log } = this.#parts;
    const policy = (scripts: readonly string[]) => policyFor({ remote: this.#page.remote, devServer, scripts });
    const page = () => this.#page;
    protocol.handle(APP_SCHEME, answerFrom({ rendererDir: files.rendererDir, policy, page, devServer }));
    lockDown(session.defaultSession, log.named("desktop"));
    setApplicationMenu(options.isKiosk, this.#words);
    if (options.isKiosk) powerSaveBlocker.start("prevent-display-sleep");
    else {
      this.#keepsRunning = (await this.#habits.load())?.keepsRunning ?? false;
      this.#tray.start();
    }
    return options.remote === null ? this.#startCore() : this.#showRemote(options.remote, false);
  }

  /** Somebody wants to see the tank. */
  show(): void {
    this.#window.show();
  }

  /** Whether closing the window leaves the tank running. */
  get staysWithoutWindow(): boolean {
    return this.#keepsRunning && this.#tray.isThere;
  }

  /** Outputs to their safe state first; then the window, whose page hears that the core goes. */
  async stop(ending?: "crash"): Promise<void> {
    const stopped = this.#core?.stop(ending);
    this.#door.stop();
    this.#tray.stop();
    await stopped;
    this.#window.close();
  }

  /** A start that came to nothing, shown to whoever sits here. */
  async refuse(message: string): Promise<void> {
    const { options, stopping } = this.#parts;
    if (options.isKiosk || stopping.aborted) return;
    const told = new Promise((resolve) => stopping.addEventListener("abort", resolve, { once: true }));
    await Promise.race([told, this.#dialogs.complain(this.#words.startRefusedTitle, message)]);
  }

  async #startCore(): Promise<string> {
    const { settings, files, clock, log, stopping, end } = this.#parts;
    if (Number(process.versions["napi"]) >= STORE_NAPI && settings.localStore === "file")
      beginStoreThread(files.localStoreWorker);
    this.#door.start(ipcMain);
    void this.#window.open(this.#page);
    const { startOwnCore } = await import("./core-host.ts");
    const started = await startOwnCore({
      settings,
      clock,
      log,
      keySeal: keychainSeal(),
      stopping,
      onFatal: (fault) => {
        process.stderr.write(`${fault.message}\n`);
        end(fault.code, 1);
      },
    });
    if (started.kind === "elsewhere") return this.#showRemote(started.url, true);
    this.#core = started.core;
    const { services } = started.core;
    this.#door.serve(services);
    this.#tray.follow(services);
    const notifier = new ElectronNotifier(log.named("desktop"), () => this.show());
    watchHealth(services.system, notifier, this.#words);
    services.notifications.onDesktopNotice((notice) => notifier.notify(notice));
    return started.core.url;
  }

  /** @param isOfRunningCore the tank was found running already, by another program of this machine */
  async #showRemote(url: string, isOfRunningCore: boolean): Promise<string> {
    const remote = new URL(url).origin;
    const { log } = this.#parts;
    this.#page = { ...this.#page, remote, isOfRunningCore };
    const file = new KeptFile(join(app.getPath("userData"), "certificates.json"), PinnedCertificates, log);
    const pins = new CertificatePins({
      origin: remote,
      file,
      ask: (question) => this.#dialogs.trusts(question),
    });
    allowRemoteCore({ session: session.defaultSession, remote, pins, log: log.named("desktop") });
    this.#tray.headline(this.#words.windowOnto(remote));
    await this.#window.open(this.#page);
    if (isOfRunningCore) {
      log.warn({ url: remote }, "another core owns the tank; this window shows that one");
      this.#tell(this.#words.runningTitle, this.#words.runningText(remote));
    }
    return remote;
  }

  /** Waits for nobody; a kiosk has nobody who could close a dialog, and its page says it too. */
  #tell(title: string, text: string): void {
    const { options, log } = this.#parts;
    if (options.isKiosk) return;
    this.#dialogs.say(title, text).catch((error: unknown) => log.warn({ error }, "a dialog was not shown"));
  }
}
