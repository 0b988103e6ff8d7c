import { open, readFile, stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { messageOf, ReefFault } from "#contract/errors.ts";
import { openRecording } from "../hardware/replay/open-recording.ts";
import { parseReplayConfig, type ReplayConfig } from "./replay-config.ts";
import { type ReplayLine, runReplay } from "./run-replay.ts";

const HELP = `What the controller would have done: the real core over a recording, faster than real time.

  npm run replay -- --recording FILE [--config FILE] [--out FILE] [--timezone ZONE] [--center auto|none]

  --recording FILE   Neptune Apex datalog.xml, CSV Date,Time,Probe,Type,Value, or CSV takenAt,channel,quantity,value,unit;
                     plain or .gz
  --config FILE      JSON: {"alarms":[{channel,kind,setpoint,…}],"thermostats":[{output,sensor,setpointC,hysteresisC}]};
                     without it every probe gets the default alarms and every heater's power a thermostat in shadow
  --out FILE         where the JSON Lines go; without it, stdout
  --timezone ZONE    the IANA zone of a CSV's wall times (default UTC); an Apex log names its own offset
  --center auto|none auto (default) shifts the default limits by how far the tank is kept from a reef's; none does not
`;

interface Options {
  readonly recording: string;
  readonly config: string | undefined;
  readonly out: string | undefined;
  readonly timezone: string | undefined;
  readonly isCentred: boolean;
}

/** @returns the exit code; what was wrong has been said in one line on stderr */
export async function replayCommand(args: readonly string[]): Promise<number> {
  try {
    const options = optionsFrom(args);
    if (options === null) {
      process.stdout.write(HELP);
      return 0;
    }
    const config = options.config === undefined ? null : await configFrom(options.config);
    const recording = await openRecording({ path: options.recording, timezone: options.timezone });
    const out = options.out === undefined ? process.stdout : await fileFor(options.out, options.recording);
    const lines = new LineWriter(out);
    await runReplay({ recording, config, isCentred: options.isCentred, write: (line) => lines.write(line) });
    await lines.end(options.out !== undefined);
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

function optionsFrom(args: readonly string[]): Options | null {
  const string = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      recording: string,
      config: string,
      out: string,
      timezone: string,
      center: string,
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return null;
  const { recording, config, out, timezone, center = "auto" } = values;
  if (recording === undefined) throw new ReefFault("invalid", "--recording FILE is missing; --help explains.");
  if (center !== "auto" && center !== "none") {
    throw new ReefFault("invalid", `--center is auto or none, not ${center}.`);
  }
  return { recording, config, out, timezone, isCentred: center === "auto" };
}

async function configFrom(path: string): Promise<ReplayConfig> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ReefFault("invalid", `The configuration ${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  return parseReplayConfig(text, path);
}

/** Opened before hours are replayed into it. @throws ReefFault invalid: it cannot be written, or is the recording itself */
async function fileFor(path: string, recording: string): Promise<Writable> {
  const [there, source] = await Promise.all([path, recording].map((name) => stat(name).catch(() => null)));
  if (there != null && there.ino === source?.ino && there.dev === source.dev) {
    throw new ReefFault(
      "invalid",
      `--out ${path} is the recording itself, which would be lost; name another file.`,
    );
  }
  const file = await open(path, "w").catch((error: unknown) => {
    throw new ReefFault("invalid", `--out ${path} cannot be written: ${messageOf(error)}.`, { cause: error });
  });
  return file.createWriteStream();
}

/** JSON Lines onto a stream, in pieces of some size; a reader that goes away early (`| head`) ends it quietly. */
class LineWriter {
  readonly #out: Writable;
  #pending = "";
  #isOpen = true;
  #failure: Error | null = null;

  constructor(out: Writable) {
    this.#out = out;
    out.on("error", (error: NodeJS.ErrnoException) => {
      this.#isOpen = false;
      if (error.code !== "EPIPE") this.#failure = error;
    });
  }

  write(line: ReplayLine): void {
    this.#pending += `${JSON.stringify(line)}\n`;
    if (this.#pending.length > 65_536) this.#flush();
  }

  /** @throws what kept it from writing */
  async end(isFile: boolean): Promise<void> {
    this.#flush();
    if (this.#failure !== null) throw this.#failure;
    if (!this.#isOpen) return;
    if (isFile) {
      this.#out.end();
      await finished(this.#out);
    } else if (this.#out.writableLength > 0) {
      await new Promise<void>((resolve) => this.#out.write("", () => resolve()));
    }
  }

  #flush(): void {
    if (this.#isOpen && this.#pending !== "") this.#out.write(this.#pending);
    this.#pending = "";
  }
}
