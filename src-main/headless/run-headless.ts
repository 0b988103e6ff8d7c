import "./interpreted-schemas.ts";
import { parseEnv } from "node:util";
import v8 from "node:v8";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Core } from "../composition/ports.ts";
import { programFiles } from "../composition/program-files.ts";
import { startCore } from "../composition/start-core.ts";
import { VERSION } from "../composition/version.ts";
import { DRIVERS } from "../hardware/registry.ts";
import { RealClock } from "../platform/clock.ts";
import { defaultDataDir } from "../platform/data-dir.ts";
import { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import { type Settings, settingsFrom } from "../settings/environment.ts";
import { SystemdNotifier } from "./systemd.ts";

const HELP = `Bella's Reef, headless: the controller without a display.

  node out/main/headless.js [--help]

Prints one line of JSON when it is ready; logs are JSON lines on stderr. SIGTERM or SIGINT: every output goes to its
safe state, the journal is flushed, the database stopped. Settings come from the environment, else from .env in the
working directory; resources/example.env lists them all.
`;

/** EX_SOFTWARE of sysexits(3): a bug of ours ended it. */
const CRASHED = 70;
/** Past this a stop is cut short: outputs have been safe for long, and what is left over is recovered at the next start. */
const STOP_LIMIT_MS = 4_700;
/** What a reader of the log that stands still may cost in memory; past it lines are dropped, and control goes on. */
const LOG_BACKLOG_BYTES = 1_048_576;

/** What was begun before this was loaded. */
interface Beginning {
  /** The text of .env; empty where there is none. */
  readonly dotEnv: Promise<string>;
  /** Hands every signal to end the program to `listener` from now on. */
  readonly hearSignals: (listener: (signal: NodeJS.Signals) => void) => void;
}

/** The headless host: the core on plain Node, its signals, and its supervisor. */
export async function runHeadless(args: readonly string[], { dotEnv, hearSignals }: Beginning): Promise<void> {
  const [unknown] = args.filter((arg) => arg !== "--help");
  if (unknown !== undefined) return refuse(`There is no option ${unknown}; --help lists what there is.`);
  if (args.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const clock = new RealClock();
  let settings: Settings;
  try {
    settings = settingsFrom({ ...parseEnv(await dotEnv), ...process.env }, defaultDataDir(process.env));
  } catch (error) {
    return refuse(messageOf(error));
  }
  // Whoever reads what we say may go away: that is no reason to leave the tank.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const log = new JsonLogger({ sink: { write: writeToLog }, clock, level: settings.logLevel });
  await supervise({ settings, clock, log, hearSignals });
}

interface Run {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: JsonLogger;
  readonly hearSignals: Beginning["hearSignals"];
}

async function supervise({ settings, clock, log, hearSignals }: Run): Promise<void> {
  const systemd = new SystemdNotifier({ env: process.env, clock, log: log.named("systemd") });
  const starting = new AbortController();
  let core: Core | null = null;
  let end: { readonly reason: string; readonly exitCode: number } | null = null;
  /** The first reason counts; while the core is still starting, it ends where it stands and undoes what it did. */
  const stop = (reason: string, exitCode: number) => {
    if (end !== null) return;
    end = { reason, exitCode };
    after(clock, STOP_LIMIT_MS, () => {
      log.error({}, "stopping took too long and is cut short");
      process.exit(exitCode);
    });
    starting.abort(reason);
    if (core !== null) void finish(core, exitCode);
    afterwards(() => {
      log.info({ reason }, "stopping");
      systemd.stopping();
    });
  };
  const finish = async (running: Core, exitCode: number) => {
    await running.stop(exitCode === CRASHED ? "crash" : undefined);
    log.info({}, "stopped");
    exitWith(exitCode);
  };
  hearSignals((signal) => stop(signal, 0));
  // Unhandled rejections come here too (Node's default).
  process.on("uncaughtException", (error: unknown) => {
    stop("uncaught error", CRASHED);
    const stack = error instanceof Error ? error.stack : undefined;
    const what = "a bug: an error nobody caught; the program stops so that it starts afresh";
    afterwards(() => log.error({ error, stack }, what));
  });
  const ended = () => end;
  try {
    core = await startCore({
      settings,
      files: programFiles(import.meta.url),
      drivers: DRIVERS,
      version: VERSION,
      clock,
      log,
      stopping: starting.signal,
      onFatal: (fault) => {
        if (ended() !== null) return;
        stop(fault.code, 1);
        afterwards(() => process.stderr.write(`${fault.message}\n`));
      },
    });
  } catch (error) {
    const asked = ended();
    if (asked !== null) return exitWith(asked.exitCode);
    const stack = error instanceof Error && !(error instanceof ReefFault) ? error.stack : undefined;
    log.error({ error, stack }, error instanceof ReefFault ? "the start was refused" : "a bug: the start failed");
    return refuse(messageOf(error));
  }
  const asked = ended();
  if (asked !== null) return finish(core, asked.exitCode);
  process.stdout.write(`${JSON.stringify({ event: "ready", url: core.url, pid: process.pid })}\n`);
  systemd.ready();
  // What a start needed at once is done with: from here on a small young generation does, and memory is given back.
  v8.setFlagsFromString("--optimize-for-size");
}

/** When the commands that put the outputs into their safe state are out: no log and no supervisor comes before them. */
function afterwards(tell: () => void): void {
  setImmediate(tell);
}

/** Behind everything that is still to be told. */
function exitWith(exitCode: number): void {
  afterwards(() => process.exit(exitCode));
}

function writeToLog(line: string): void {
  if (process.stderr.writableLength < LOG_BACKLOG_BYTES) process.stderr.write(line);
}

/** One line for whoever started us. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
