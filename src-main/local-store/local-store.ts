import { open, rename, rm, stat, statfs } from "node:fs/promises";
import { ReefFault } from "#contract/errors.ts";
import { ControllerId } from "#contract/ids.ts";
import type { SecretStore, SessionStore } from "../identity/ports.ts";
import type { Spool } from "../journal/ports.ts";
import type { DeliveryStore } from "../notifications/ports.ts";
import type { OutputStateStore, StartLogStore } from "../outputs/ports.ts";
import { newId } from "../platform/ids.ts";
import type { Clock, Logger, Stoppable } from "../platform/ports.ts";
import { withTimeLimit } from "../platform/timing.ts";
import type { ConfigurationSnapshot } from "../settings/ports.ts";
import { fileFault, openStoreKey, type StorePaths, storePathsIn, syncFolder } from "./key-file.ts";
import type { KeySeal } from "./key-seal.ts";
import { memoryPorts } from "./memory-ports.ts";
import type { AlarmDocuments, Ask, LocalStoreState, NamedDocuments, StorePorts } from "./ports.ts";
import type { StoreFile } from "./protocol.ts";
import { StoreHealth } from "./store-health.ts";
import { StoreWorker } from "./store-worker.ts";
import { StoredAlarms } from "./stored-alarms.ts";
import { StoredDeliveries } from "./stored-deliveries.ts";
import {
  documentOnce,
  StoredConfiguration,
  StoredControl,
  StoredOutputs,
  StoredStartLog,
} from "./stored-documents.ts";
import { StoredSecrets, StoredSessions } from "./stored-identity.ts";
import { StoredSpool } from "./stored-spool.ts";

export interface LocalStoreOptions {
  readonly dataDir: string;
  /** memory: for a runtime that cannot load the encrypted store. Everything is gone with the process. */
  readonly kind: "file" | "memory";
  /** The worker's entry: worker.ts from source, its bundle in a build. */
  readonly workerUrl: URL;
  readonly clock: Clock;
  readonly log: Logger;
  /** Locks the key file; null, the default: its file mode alone guards it. */
  readonly keySeal?: KeySeal | null;
  /** What the spool may grow the file to; by default 512 MiB, or half of what the disk has left where that is less. */
  readonly spoolLimitBytes?: number;
  /** The runtime's Node-API version; the process' own by default. */
  readonly napiVersion?: number;
}

/** better-sqlite3-multiple-ciphers 13 is built for it, and crashes the process on an older one. */
const NEEDED_NAPI = 10;
const SPOOL_LIMIT_BYTES = 512 * 1024 * 1024;
const FREE_SHARE = 0.5;
const STOP_LIMIT_MS = 2_000;
/** What hangs for longer never answers; longer than the journal waits, which has limits of its own. */
const ANSWER_LIMIT_MS = 10_000;
/** Recovering a long log of writes on a slow card takes a while. */
const OPEN_LIMIT_MS = 30_000;
const CONTROLLER_ID = "controller-id";

/**
 * What the tank needs without Postgres: secrets, sign-ins, the state of outputs, the last good configuration and the
 * spool; encrypted, durable at once, in a thread of its own.
 */
export class LocalStore implements StorePorts, Stoppable {
  readonly spool: Spool;
  readonly sessions: SessionStore;
  readonly secrets: SecretStore;
  readonly outputState: OutputStateStore;
  readonly startLog: StartLogStore;
  readonly configuration: ConfigurationSnapshot;
  readonly control: NamedDocuments;
  readonly alarms: AlarmDocuments;
  readonly deliveries: DeliveryStore;
  readonly #options: LocalStoreOptions;
  readonly #worker: StoreWorker;
  readonly #health: StoreHealth;
  #controllerId: ControllerId | null = null;

  constructor(options: LocalStoreOptions) {
    this.#options = options;
    this.#worker = new StoreWorker(options.workerUrl, (fault) => this.#health.failed(fault));
    this.#health = new StoreHealth(options, {
      probe: () => this.#worker.ask("probe", null),
      look: () => this.#worker.ask("size", null),
    });
    const ports = options.kind === "memory" ? memoryPorts() : this.#filePorts();
    this.spool = ports.spool;
    this.sessions = ports.sessions;
    this.secrets = ports.secrets;
    this.outputState = ports.outputState;
    this.startLog = ports.startLog;
    this.configuration = ports.configuration;
    this.control = ports.control;
    this.alarms = ports.alarms;
    this.deliveries = ports.deliveries;
  }

  /** Made at the first start of this store, and the same ever after. @throws ReefFault internal before start() */
  get controllerId(): ControllerId {
    if (this.#controllerId === null)
      throw new ReefFault("internal", "The local store was asked before it was started.");
    return this.#controllerId;
  }

  /**
   * Opens the store, making it at the very first start.
   * @throws ReefFault store-wrong-key, store-corrupt, store-full, store-unavailable, database-newer: in every case what
   * is there is left as it was
   */
  async start(): Promise<void> {
    const made = newId(this.#options.clock.nowMs());
    if (this.#options.kind === "memory") {
      this.#controllerId = ControllerId.parse(made);
      this.#options.log.warn(
        {},
        "the local store is in memory only; sign-ins and latches are lost at the next stop",
      );
      return;
    }
    try {
      await this.#within(OPEN_LIMIT_MS, () => this.#open());
      this.#controllerId = ControllerId.parse(await documentOnce(this.#ask, CONTROLLER_ID, made));
    } catch (error) {
      this.#health.failed(error);
      await this.stop();
      throw error;
    }
    this.#health.opened();
  }

  async stop(): Promise<void> {
    const { clock, log } = this.#options;
    this.#health.close();
    try {
      await withTimeLimit(clock, { limitMs: STOP_LIMIT_MS, what: "The local store" }, () => this.#worker.stop());
    } catch (error) {
      log.warn({ error }, "the local store did not close by itself; what it acknowledged is safe");
    } finally {
      await this.#worker.kill();
    }
  }

  state(): LocalStoreState {
    return this.#health.state();
  }

  readonly #ask: Ask = async (operation, input, handOver) => {
    try {
      return await this.#within(ANSWER_LIMIT_MS, () => this.#worker.ask(operation, input, handOver));
    } catch (error) {
      this.#health.failed(error);
      throw error;
    }
  };

  /** @throws ReefFault store-unavailable past the limit; what the work throws */
  async #within<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
    try {
      return await withTimeLimit(this.#options.clock, { limitMs, what: "The local store" }, work);
    } catch (error) {
      if (!(error instanceof ReefFault && error.code === "bus-timeout")) throw error;
      throw new ReefFault("store-unavailable", `${error.message}; look at its disk, then restart the program.`);
    }
  }

  #filePorts(): StorePorts {
    return {
      spool: new StoredSpool(this.#ask),
      sessions: new StoredSessions(this.#ask),
      secrets: new StoredSecrets(this.#ask),
      outputState: new StoredOutputs(this.#ask),
      startLog: new StoredStartLog(this.#ask),
      configuration: new StoredConfiguration(this.#ask),
      control: new StoredControl(this.#ask),
      alarms: new StoredAlarms(this.#ask),
      deliveries: new StoredDeliveries(this.#ask),
    };
  }

  async #open(): Promise<void> {
    const { dataDir, napiVersion = Number(process.versions["napi"]), spoolLimitBytes } = this.#options;
    if (!(napiVersion >= NEEDED_NAPI)) {
      throw new ReefFault(
        "store-unavailable",
        `The local store needs Node-API ${NEEDED_NAPI}, this runtime has ${napiVersion}; use Node 24, or REEF_LOCAL_STORE=memory for a trial.`,
      );
    }
    const paths = storePathsIn(dataDir);
    this.#worker.start();
    const { hasDatabase, ...key } = await openStoreKey(paths, this.#options.keySeal ?? null);
    if (!hasDatabase) await this.#create({ ...key, path: `${paths.database}.new`, spoolLimitBytes: 0 }, paths);
    const limitBytes = spoolLimitBytes ?? (await spoolLimitIn(dataDir, paths));
    await this.#worker.ask("open", { ...key, path: paths.database, spoolLimitBytes: limitBytes });
  }

  /** Made beside its place and put there whole, so that a power cut never leaves half a store. */
  async #create(draft: StoreFile, paths: StorePaths): Promise<void> {
    try {
      for (const leftover of ["", "-journal", "-wal"]) await rm(draft.path + leftover, { force: true });
      await (await open(draft.path, "wx", 0o600)).close();
    } catch (error) {
      throw fileFault(error, `The local store ${paths.database} cannot be made`);
    }
    await this.#worker.ask("create", draft);
    await rename(draft.path, paths.database);
    await syncFolder(this.#options.dataDir);
  }
}

async function spoolLimitIn(dataDir: string, paths: StorePaths): Promise<number> {
  const [disk, file] = await Promise.all([statfs(dataDir), stat(paths.database)]);
  return Math.min(SPOOL_LIMIT_BYTES, file.size + disk.bavail * disk.bsize * FREE_SHARE);
}
