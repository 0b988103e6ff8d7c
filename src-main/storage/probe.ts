import type net from "node:net";
import pg from "pg";
import { ReefFault } from "#contract/errors.ts";
import type { Clock } from "../platform/ports.ts";
import { withTimeLimit } from "../platform/timing.ts";
import { trackedSocket } from "./connections.ts";
import { faultFrom } from "./faults.ts";

const ANSWER_LIMIT_MS = 2_000;

interface ProbeOptions {
  readonly config: pg.ClientConfig;
  readonly clock: Clock;
  /** The server ended the probe's connection: it may be gone. */
  readonly onLost: () => void;
}

/**
 * Asks the server whether it is there, over a connection of its own: busy readers cannot delay the answer, and a
 * server that dies is noticed at once.
 */
export class Probe {
  readonly #config: pg.ClientConfig;
  readonly #clock: Clock;
  readonly #onLost: () => void;
  readonly #sockets = new Set<net.Socket>();
  #client: pg.Client | null = null;

  constructor({ config, clock, onLost }: ProbeOptions) {
    this.#config = config;
    this.#clock = clock;
    this.#onLost = onLost;
  }

  /** @returns the server's version number, e.g. 180004 @throws ReefFault as `faultFrom`; database-away past 2 s */
  async check(): Promise<number> {
    try {
      const limit = { limitMs: ANSWER_LIMIT_MS, what: "PostgreSQL" };
      return await withTimeLimit(this.#clock, limit, () => this.#ask());
    } catch (error) {
      this.close();
      const isSlow = error instanceof ReefFault && error.code === "bus-timeout";
      throw isSlow ? new ReefFault("database-away", error.message) : faultFrom(error);
    }
  }

  close(): void {
    this.#client = null;
    for (const socket of this.#sockets) socket.destroy();
  }

  async #ask(): Promise<number> {
    this.#client ??= await this.#connect();
    const { rows } = await this.#client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    return rows[0]?.version ?? 0;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#config,
      connectionTimeoutMillis: ANSWER_LIMIT_MS,
      application_name: "bellas-reef-probe",
      stream: () => trackedSocket(this.#sockets),
    });
    const onGone = () => {
      if (this.#client !== client) return;
      this.#client = null;
      this.#onLost();
    };
    client.on("error", onGone);
    client.on("end", onGone);
    await client.connect();
    return client;
  }
}
