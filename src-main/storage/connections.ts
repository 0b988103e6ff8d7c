import net from "node:net";
import pg from "pg";
import { ReefFault } from "#contract/errors.ts";
import type { Clock } from "../platform/ports.ts";
import { asWritable, type Rows, type WritableDb } from "./access.ts";
import { faultFrom, isConnectionTrouble } from "./faults.ts";

const MAX_CONNECTIONS = 8;
const CONNECT_LIMIT_MS = 3_000;
const STATEMENT_LIMIT_MS = 10_000;
/** A server that is paused cannot cancel its own statements: past this the client gives up by itself. */
const QUERY_LIMIT_MS = STATEMENT_LIMIT_MS + 1_000;
const CHECK_LIMIT_MS = 1_000;
const IDLE_LIMIT_MS = 60_000;

/** Read-only until a transaction says otherwise: a reader that tries to write is refused by the server. */
const SESSION = `set default_transaction_read_only = on; set statement_timeout = ${STATEMENT_LIMIT_MS};
  set idle_in_transaction_session_timeout = 60000; set time zone 'UTC'`;

interface ConnectionsOptions {
  readonly config: pg.ClientConfig;
  readonly clock: Clock;
  /** A connection broke or did not answer: whoever watches the server should look now. */
  readonly onTrouble: () => void;
}

interface Lease {
  readonly client: pg.PoolClient;
  isBroken: boolean;
}

/** One pool of connections to one server, for as long as that server answers; after trouble a new one is made. */
export class Connections {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #onTrouble: () => void;
  readonly #sockets = new Set<net.Socket>();
  readonly #usedAtMs = new WeakMap<pg.ClientBase, number>();
  #troubleAtMs = Number.NEGATIVE_INFINITY;
  #lastAnswerAtMs = Number.NEGATIVE_INFINITY;

  constructor({ config, clock, onTrouble }: ConnectionsOptions) {
    this.#clock = clock;
    this.#onTrouble = onTrouble;
    this.#pool = new pg.Pool({
      ...config,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      idleTimeoutMillis: IDLE_LIMIT_MS,
      application_name: "bellas-reef",
      keepAlive: true,
      stream: () => trackedSocket(this.#sockets),
      query_timeout: QUERY_LIMIT_MS,
      onConnect: (client) => client.query(SESSION),
    });
    this.#pool.on("error", () => this.#noteTrouble());
    // The pool listens to idle connections alone: one that breaks in use would end the process.
    this.#pool.on("connect", (client) => client.on("error", () => this.#noteTrouble()));
  }

  /** On the monotonic scale: when the server last answered anything. */
  get lastAnswerAtMs(): number {
    return this.#lastAnswerAtMs;
  }

  /** One statement that only reads. */
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<Rows<R>> {
    return this.#lend(({ client }) => ask<R>(client, text, values));
  }

  /** @throws what `work` throws, after everything it changed was undone */
  transaction<T>(work: (tx: WritableDb) => Promise<T>): Promise<T> {
    return this.#lend(async (lease) => {
      await ask(lease.client, "begin read write");
      try {
        const result = await work(openTransaction(lease.client));
        await ask(lease.client, "commit");
        return result;
      } catch (error) {
        await ask(lease.client, "rollback").catch(() => {
          lease.isBroken = true;
        });
        throw error;
      }
    });
  }

  /** Lets what runs end until `grace` is over, then cuts. */
  async close(grace: Promise<void>): Promise<void> {
    await Promise.race([this.#pool.end(), grace]);
    this.#cutAll();
  }

  /** Cuts every connection: whoever waits on one hears of it at once. */
  abandon(): void {
    this.#cutAll();
    void this.#pool.end();
  }

  #cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #lend<T>(use: (lease: Lease) => Promise<T>): Promise<T> {
    const lease: Lease = { client: await this.#acquire(), isBroken: false };
    try {
      const result = await use(lease);
      this.#noteAnswer(lease.client);
      return result;
    } catch (error) {
      lease.isBroken ||= error instanceof ReefFault && isConnectionTrouble(error);
      if (lease.isBroken) this.#noteTrouble();
      throw error;
    } finally {
      lease.client.release(lease.isBroken);
    }
  }

  async #acquire(): Promise<pg.PoolClient> {
    for (let tries = 0; ; tries++) {
      const client = await this.#pool.connect().catch((error: unknown) => {
        const fault = faultFrom(error);
        if (isConnectionTrouble(fault)) this.#noteTrouble();
        throw fault;
      });
      if (await this.#isSound(client)) return client;
      client.release(true);
      if (tries >= MAX_CONNECTIONS) throw new ReefFault("database-away", "No connection to the database is sound");
    }
  }

  /** After trouble each connection has to answer once before it is trusted again. */
  async #isSound(client: pg.PoolClient): Promise<boolean> {
    const usedAtMs = this.#usedAtMs.get(client);
    if (usedAtMs === undefined || usedAtMs > this.#troubleAtMs) return true;
    try {
      const check = { text: "select 1", query_timeout: CHECK_LIMIT_MS };
      await client.query(check);
      return true;
    } catch {
      return false;
    }
  }

  #noteAnswer(client: pg.PoolClient): void {
    this.#lastAnswerAtMs = this.#clock.monotonicMs();
    this.#usedAtMs.set(client, this.#lastAnswerAtMs);
  }

  #noteTrouble(): void {
    this.#troubleAtMs = this.#clock.monotonicMs();
    this.#onTrouble();
  }
}

/** A socket that is cut when its owner says so, whatever pg is doing with it. */
export function trackedSocket(open: Set<net.Socket>): net.Socket {
  const socket = new net.Socket();
  open.add(socket);
  socket.once("close", () => open.delete(socket));
  return socket;
}

function openTransaction(client: pg.ClientBase): WritableDb {
  const tx: WritableDb = asWritable({
    query: (text, values) => ask(client, text, values),
    transaction: (work) => work(tx),
  });
  return tx;
}

async function ask<R extends object>(
  client: pg.ClientBase,
  text: string,
  values?: readonly unknown[],
): Promise<Rows<R>> {
  try {
    const { rows, rowCount } = await client.query<R>(text, values === undefined ? undefined : [...values]);
    return { rows, rowCount: rowCount ?? 0 };
  } catch (error) {
    throw faultFrom(error);
  }
}
