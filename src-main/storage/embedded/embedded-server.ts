import { randomBytes } from "node:crypto";
import path from "node:path";
import type { ClientConfig } from "pg";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock, Logger } from "../../platform/ports.ts";
import { every, sleep } from "../../platform/timing.ts";
import type { SecretStore } from "../ports.ts";
import type { DatabaseSource } from "../source.ts";
import { createCluster, DATABASE_USER, hasCluster, setPassword, type Tools } from "./cluster.ts";
import { type LaunchedServer, launchServer } from "./launch.ts";
import { PORT, removeSocketFolder } from "./layout.ts";
import {
  clearStaleLocks,
  runningServer,
  type ServerProcess,
  stopServer,
  stopServerOnWindows,
} from "./postmaster.ts";
import { trimLog } from "./server-log.ts";
import { prepareSite, type Site } from "./site.ts";

const SECRET_NAME = "database-password";
const ANSWER_LIMIT_MS = 2_000;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 250;
const LOG_CHECK_MS = 10 * 60_000;
const WRONG_PASSWORD = "28P01";

export interface EmbeddedServerOptions {
  /** Everything is kept under `<dataDir>/postgres/`. */
  readonly dataDir: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** A system PostgreSQL's folder of programs, in place of the ones npm installed. */
  readonly binFolder?: string;
}

interface Address {
  readonly sockets: string;
  readonly port: number;
}

/**
 * A PostgreSQL server of our own, in the data folder. It outlives us where we crash and is adopted by the next start;
 * its password is random and only in the secret store.
 */
export class EmbeddedServer implements DatabaseSource {
  readonly kind = "embedded";
  readonly label = "the embedded PostgreSQL";
  readonly #options: EmbeddedServerOptions;
  #site: Site | null = null;
  #server: (ServerProcess & Partial<LaunchedServer>) | null = null;
  #address: Address | null = null;
  #password = "";
  #cancelLogCheck: Cancel = () => {};

  constructor(options: EmbeddedServerOptions) {
    this.#options = options;
  }

  async makeReady(signal: AbortSignal): Promise<void> {
    this.#site ??= await this.#settle();
    if (this.#server !== null && !(await this.#server.isAlive())) {
      this.#options.log.warn(
        { pid: this.#server.pid },
        "the embedded PostgreSQL ended by itself and is started again",
      );
      this.#server = null;
    }
    if (this.#server === null) await this.#adoptOrLaunch({ ...this.#site, signal });
    await this.#untilItAnswers({ ...this.#site, signal });
  }

  connection(): ClientConfig {
    const { sockets, port } = this.#address ?? { sockets: "", port: PORT };
    const host = process.platform === "win32" ? "127.0.0.1" : sockets;
    return { host, port, user: DATABASE_USER, password: this.#password, database: "postgres", ssl: false };
  }

  /** Fast shutdown; by force where the server does not obey within 3.5 s, which loses nothing that was committed. */
  async stop(): Promise<void> {
    this.#cancelLogCheck();
    if (this.#server === null || this.#site === null) return;
    if (process.platform === "win32") {
      const { binaries, layout, account } = this.#site;
      await stopServerOnWindows(binaries, layout.cluster, account);
    } else {
      const step = await stopServer(this.#server, this.#site.layout.cluster, this.#options.clock);
      if (step !== "SIGINT")
        this.#options.log.warn({ signal: step }, "the embedded PostgreSQL had to be stopped by force");
    }
    await removeSocketFolder(this.#site.layout);
    this.#server = null;
    // The folder is made anew where this object is started again.
    this.#site = null;
  }

  async #settle(): Promise<Site> {
    const { dataDir, binFolder, clock, log } = this.#options;
    const site = await prepareSite(dataDir, binFolder);
    this.#cancelLogCheck = every(clock, LOG_CHECK_MS, () => {
      trimLog(site.layout.log).catch((error: unknown) =>
        log.warn({ error }, "the database's log could not be trimmed"),
      );
    });
    return site;
  }

  async #adoptOrLaunch(tools: Site & Tools): Promise<void> {
    const { layout } = tools;
    const isThere = await hasCluster(layout.cluster, tools.major);
    const kept = await this.#options.secrets.get(SECRET_NAME);
    this.#password = kept ?? (await this.#newPassword());
    if (!isThere) {
      this.#options.log.info({ folder: layout.cluster }, "creating the database");
      await createCluster(tools, layout, this.#password);
    } else if (kept === null) {
      await this.#changePassword(tools, "its password is not in the local store");
    }
    const running = await runningServer(layout.cluster);
    if (running === null) return this.#launch(tools);
    this.#options.log.info({ pid: running.pid }, "the embedded PostgreSQL was left running and is adopted");
    this.#server = running;
    this.#address = { sockets: running.sockets, port: running.port };
  }

  async #launch(tools: Site): Promise<void> {
    const { layout } = tools;
    await clearStaleLocks(layout.cluster, path.join(layout.sockets, `.s.PGSQL.${PORT}`));
    const server = await launchServer(tools);
    await trimLog(layout.log);
    this.#server = server;
    this.#address = { sockets: layout.sockets, port: server.port };
  }

  async #newPassword(): Promise<string> {
    const password = randomBytes(24).toString("base64url");
    await this.#options.secrets.put(SECRET_NAME, password);
    return password;
  }

  /** Who owns the files may set a new password: a lost local store must not cost the history. */
  async #changePassword(tools: Site & Tools, why: string): Promise<void> {
    this.#options.log.warn({}, `the embedded PostgreSQL gets a new password, because ${why}`);
    const { cluster, sockets } = tools.layout;
    const running = await runningServer(cluster);
    if (running !== null) await stopServer(running, cluster, this.#options.clock);
    await clearStaleLocks(cluster, path.join(sockets, `.s.PGSQL.${PORT}`));
    await setPassword(tools, cluster, this.#password);
  }

  /** Recovery after a crash, or a paused server, may take its time: only its end or `signal` ends the wait. */
  async #untilItAnswers(tools: Site & Tools): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    let isPasswordNew = false;
    while (!tools.signal.aborted) {
      const refusal = await this.#refusal();
      if (refusal === null) return;
      if (refusal === WRONG_PASSWORD && !isPasswordNew) {
        await this.#changePassword(tools, "it refuses the one in the local store");
        await this.#launch(tools);
        isPasswordNew = true;
      } else if (refusal.startsWith("28")) {
        throw new ReefFault(
          "bad-setting",
          `The database in ${tools.layout.cluster} refuses its own program: restore its pg_hba.conf`,
        );
      }
      if (this.#server === null || !(await this.#server.isAlive())) throw await this.#endedFault(tools);
      await sleep(this.#options.clock, waitMs, tools.signal);
      waitMs = Math.min(waitMs * 1.5, LONGEST_WAIT_MS);
    }
    throw new ReefFault("stopping", "The program is stopping: the database is not waited for");
  }

  async #endedFault({ layout }: Site): Promise<ReefFault> {
    const words = (await this.#server?.lastWords?.()) ?? "";
    this.#server = null;
    return new ReefFault(
      "database-away",
      `The embedded PostgreSQL ended at its start${words === "" ? "" : ` (${words})`}: see ${layout.log}; it is tried again by itself`,
    );
  }

  /** @returns null when it answers; else the SQLSTATE of its refusal, or a text where it said nothing */
  async #refusal(): Promise<string | null> {
    const limits = { connectionTimeoutMillis: ANSWER_LIMIT_MS, query_timeout: ANSWER_LIMIT_MS };
    const { default: pg } = await import("pg");
    const client = new pg.Client({ ...this.connection(), ...limits });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("select 1");
      await client.end();
      return null;
    } catch (error) {
      return error instanceof pg.DatabaseError ? (error.code ?? "") : messageOf(error);
    }
  }
}
