import { z } from "zod";
import { LevelPct } from "#contract/channels.ts";
import { Configuration } from "#contract/configuration.ts";
import { ReefFault } from "#contract/errors.ts";
import { ChannelId } from "#contract/ids.ts";
import { EmergencyStopState, OutputFault } from "#contract/outputs.ts";
import type {
  OutputStateStore,
  PersistedOutput,
  PersistedOutputs,
  StartLog,
  StartLogStore,
} from "../outputs/ports.ts";
import type { ConfigurationSnapshot } from "../settings/ports.ts";
import type { Ask, NamedDocuments } from "./ports.ts";

const CONFIGURATION = "configuration";
const EMERGENCY_STOP = "emergency-stop";
const STARTS = "starts";
const CONTROL = "control:";
const NOT_STOPPED: EmergencyStopState = { isActive: false, since: null, by: null };

const OutputRunStored = z.object({
  channelId: ChannelId,
  startAtMs: z.number(),
  plannedS: z.number().nullable(),
  deadlineAtMs: z.number().nullable(),
  plannedMl: z.number().nullable().exactOptional(),
});

const StoredUse = z.object({
  runs: z.array(z.object({ endedAgoMs: z.number(), onMs: z.number(), ml: z.number() })),
  totalOnS: z.number(),
  totalMl: z.number(),
});

const StoredCycles = z.object({ total: z.number(), startsAgo: z.array(z.tuple([z.number(), z.number()])) });

const StoredOutput = z.object({
  channelId: ChannelId,
  faults: z.array(OutputFault),
  lastOnAtMs: z.number().nullable(),
  lastOffAtMs: z.number().nullable(),
  override: z.object({ levelPct: LevelPct, untilMs: z.number(), by: z.string() }).nullable(),
  openRun: OutputRunStored.nullable().exactOptional(),
  savedAtMs: z.number().nullable().exactOptional(),
  use: StoredUse.exactOptional(),
  cycles: StoredCycles.exactOptional(),
}) satisfies z.ZodType<PersistedOutput>;

/** The last good configuration in the encrypted file. */
export class StoredConfiguration implements ConfigurationSnapshot {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** @throws ReefFault store-corrupt where it does not fit this program, each field named */
  async load(): Promise<Configuration | null> {
    const body = await readDocument(this.#ask, CONFIGURATION);
    return body === null ? null : parsed(Configuration, body, "the last good configuration");
  }

  save(next: Configuration): Promise<void> {
    return writeDocument(this.#ask, CONFIGURATION, JSON.stringify(next));
  }
}

/** Latches, overrides and the emergency stop in the encrypted file. */
export class StoredOutputs implements OutputStateStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async load(): Promise<PersistedOutputs> {
    const [stop, rows] = await Promise.all([
      readDocument(this.#ask, EMERGENCY_STOP),
      this.#ask("sql", { statement: "loadOutputs", params: [] }),
    ]);
    return {
      emergencyStop: stop === null ? NOT_STOPPED : parsed(EmergencyStopState, stop, "the emergency stop"),
      outputs: rows.map((row) => parsed(StoredOutput, String(row["body"]), "the state of an output")),
    };
  }

  saveEmergencyStop(state: EmergencyStopState): Promise<void> {
    return writeDocument(this.#ask, EMERGENCY_STOP, JSON.stringify(state));
  }

  async saveOutput(output: PersistedOutput): Promise<void> {
    await this.#ask("sql", { statement: "putOutput", params: [output.channelId, JSON.stringify(output)] });
  }
}

/** What loops and modes remember, in the encrypted file: whoever kept it knows how to read it. */
export class StoredControl implements NamedDocuments {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async load(name: string): Promise<unknown> {
    const body = await readDocument(this.#ask, CONTROL + name);
    return body === null ? null : JSON.parse(body);
  }

  save(name: string, body: unknown): Promise<void> {
    return writeDocument(this.#ask, CONTROL + name, JSON.stringify(body));
  }
}

const StoredStarts = z.object({
  isStopped: z.boolean(),
  crashesAtMs: z.array(z.number()),
  safeSinceMs: z.number().nullable(),
}) satisfies z.ZodType<StartLog>;

/** How the program ended and started lately, in the encrypted file. */
export class StoredStartLog implements StartLogStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async loadStarts(): Promise<StartLog | null> {
    const body = await readDocument(this.#ask, STARTS);
    return body === null ? null : parsed(StoredStarts, body, "how the program ended");
  }

  saveStarts(log: StartLog): Promise<void> {
    return writeDocument(this.#ask, STARTS, JSON.stringify(log));
  }
}

/** A document that is made once and then stays: `made` where none was. */
export async function documentOnce(ask: Ask, name: string, made: string): Promise<string> {
  const found = await readDocument(ask, name);
  if (found !== null) return found;
  await ask("sql", { statement: "putDocumentOnce", params: [name, made] });
  return (await readDocument(ask, name)) ?? made;
}

async function readDocument(ask: Ask, name: string): Promise<string | null> {
  const [row] = await ask("sql", { statement: "getDocument", params: [name] });
  return row === undefined ? null : String(row["body"]);
}

async function writeDocument(ask: Ask, name: string, body: string): Promise<void> {
  await ask("sql", { statement: "putDocument", params: [name, body] });
}

function parsed<T extends z.ZodType>(schema: T, body: string, what: string): z.output<T> {
  const result = schema.safeParse(JSON.parse(body));
  if (result.success) return result.data;
  const details = result.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
  const fields = details.map(({ field }) => field).join(", ");
  throw new ReefFault(
    "store-corrupt",
    `In the local store, ${what} does not fit this program (${fields}); restore a backup or update the program.`,
    { details, cause: result.error },
  );
}
