import "../headless/interpreted-schemas.ts";
import { app, protocol } from "electron";
import { messageOf, ReefFault } from "#contract/errors.ts";
import { RealClock } from "../platform/clock.ts";
import { JsonLogger } from "../platform/logger.ts";
import { after, sleep } from "../platform/timing.ts";
import { APP_SCHEME } from "./app-page.ts";
import { DesktopApp } from "./desktop-app.ts";
import { desktopFiles } from "./desktop-files.ts";
import { HELP, type LaunchOptions, launchOptionsFrom } from "./launch-options.ts";
import { readOwnSettings } from "./own-settings.ts";

/** EX_SOFTWARE of sysexits(3): a bug of ours ended it. */
const CRASHED = 70;
/** Past this a stop is cut short: outputs have been safe for long, and what is left over is recovered at the next start. */
const STOP_LIMIT_MS = 4_700;
/** What a reader of the log that stands still may cost in memory; past it lines are dropped, and control goes on. */
const LOG_BACKLOG_BYTES = 1_048_576;
const PREDECESSOR_RETRY_MS = 200;
/** The bundler's, where it started us to reload us while we are changed. */
const DEV_SERVER = app.isPackaged ? null : (process.env["ELECTRON_RENDERER_URL"] ?? null);
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

const clock = new RealClock();
const stopping = new AbortController();
let end: { readonly reason: string; readonly exitCode: number } | null = null;
let desktop: DesktopApp | null = null;
let isStarting = false;
let log = logAt("info");

for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
begin();

function begin(): void {
  const options = readOptions();
  if (options === null) return;
  // The first instance is told, and shows its window.
  const isFirst = app.requestSingleInstanceLock();
  if (!isFirst && DEV_SERVER === null) {
    process.stderr.write("Bella's Reef runs on this desktop already; its window comes forward.\n");
    app.exit(0);
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // Asks before a page may reach a private address. Ours may reach one origin, which a person named or which is us.
  app.commandLine.appendSwitch("disable-features", "LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets");
  if (options.isKiosk) app.commandLine.appendSwitch("disable-pinch");
  hearEnds();
  app.whenReady().then(
    () => (isFirst ? run(options) : afterPredecessor(options)),
    (error: unknown) => refuse(messageOf(error)),
  );
}

/** null: the program has said what there is to say, and ends. */
function readOptions(): LaunchOptions | null {
  try {
    const options = launchOptionsFrom(process.argv);
    if (!options.asksForHelp) return options;
    process.stdout.write(HELP);
    app.exit(0);
  } catch (error) {
    refuse(messageOf(error));
  }
  return null;
}

/** Every way to be told to end. The outputs come first, so nothing here ends the program by itself. */
function hearEnds(): void {
  listenToSignals();
  app.on("before-quit", (event) => {
    event.preventDefault();
    stop("quit", 0);
  });
  app.on("window-all-closed", () => {
    if (desktop?.staysWithoutWindow !== true) stop("the window was closed", 0);
  });
  app.on("second-instance", () => {
    log.info({}, "it was started again; its window comes forward");
    desktop?.show();
  });
  app.on("activate", () => desktop?.show());
  // Unhandled rejections come here too (Node's default).
  process.on("uncaughtException", (error: unknown) => {
    const stack = error instanceof Error ? error.stack : undefined;
    stop("uncaught error", CRASHED);
    log.error({ error, stack }, "a bug: an error nobody caught; the program stops so that it starts afresh");
  });
}

function listenToSignals(): void {
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.on(signal, () => stop(signal, 0));
  }
}

/** In development the bundler starts us before the one we replace has made its tank safe. */
async function afterPredecessor(options: LaunchOptions): Promise<void> {
  while (!hasEnded() && !app.requestSingleInstanceLock())
    await sleep(clock, PREDECESSOR_RETRY_MS, stopping.signal);
  await run(options);
}

async function run(options: LaunchOptions): Promise<void> {
  // Chromium has put handlers of its own in their place, which end the program at a second signal.
  listenToSignals();
  if (end !== null) return app.exit(end.exitCode);
  isStarting = true;
  try {
    const settings = await readOwnSettings(app.isPackaged);
    log = logAt(settings.logLevel);
    desktop = new DesktopApp({
      options,
      settings,
      files: desktopFiles(import.meta.url),
      devServer: DEV_SERVER,
      clock,
      log,
      stopping: stopping.signal,
      end: stop,
    });
    const url = await desktop.start();
    process.stdout.write(`${JSON.stringify({ event: "ready", url, pid: process.pid })}\n`);
  } catch (error) {
    if (!hasEnded()) await refuseStart(error);
  }
  isStarting = false;
  if (hasEnded()) await finish();
}

async function refuseStart(error: unknown): Promise<void> {
  const stack = error instanceof Error && !(error instanceof ReefFault) ? error.stack : undefined;
  log.error({ error, stack }, "the start was refused");
  process.stderr.write(`${messageOf(error)}\n`);
  // Whoever started it from a terminal has read that line; whoever clicked on it sees a dialog.
  if (app.isPackaged) await desktop?.refuse(messageOf(error));
  stop("the start was refused", 1);
}

/** The first reason counts; while the core is still starting, it ends where it stands and undoes what it did. */
function stop(reason: string, exitCode: number): void {
  if (end !== null) return;
  end = { reason, exitCode };
  after(clock, STOP_LIMIT_MS, () => {
    log.error({}, "stopping took too long and is cut short");
    app.exit(exitCode);
  });
  stopping.abort(reason);
  if (!isStarting) void finish();
  log.info({ reason }, "stopping");
}

async function finish(): Promise<void> {
  await desktop?.stop(end?.exitCode === CRASHED ? "crash" : undefined);
  log.info({}, "stopped");
  app.exit(end?.exitCode ?? 0);
}

/** Asked anew at each turn: signals come while others wait. */
function hasEnded(): boolean {
  return end !== null;
}

/** One line for whoever started us. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  app.exit(1);
}

function logAt(level: "debug" | "info" | "warn" | "error"): JsonLogger {
  const write = (line: string) => {
    if (process.stderr.writableLength < LOG_BACKLOG_BYTES) process.stderr.write(line);
  };
  return new JsonLogger({ sink: { write }, clock, level });
}
