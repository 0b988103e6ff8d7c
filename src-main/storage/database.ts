import { isTransient, ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { sleep } from "../platform/timing.ts";
import { asReadable, asWritable, type ReadableDb, type WritableDb } from "./access.ts";
import type { Connections } from "./connections.ts";
import { faultFrom } from "./faults.ts";
import type { DatabaseState } from "./ports.ts";
import type { Session } from "./session.ts";
import type { DatabaseSource } from "./source.ts";

/** After an attempt failed, ms; the last repeats. What needs a person is looked at again more rarely. */
const BACK_OFF_MS = [100, 250, 500, 1_000, 2_000, 5_000] as const;
const FATAL_BACK_OFF_MS = 30_000;

export interface DatabaseOptions {
  readonly source: DatabaseSource;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where the `NNNN-name.sql` files are, ending with a slash; beside this file unless said. */
  readonly migrationsFolder?: URL;
}

/** What runs each time the database came (back): after the migrations, before anyone is told that it is up. */
export type ReadyHook = () => Promise<void>;

/**
 * One PostgreSQL, embedded or elsewhere. It connects, migrates, watches and reconnects by itself; what is asked of it
 * while the server is away is refused at once with `database-away`: nobody waits for a server that is not there.
 */
export class Database {
  /** For those who only read. */
  readonly readable: ReadableDb;
  readonly writable: WritableDb;

  readonly #source: DatabaseSource;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #migrationsFolder: URL;
  readonly #hooks: ReadyHook[] = [];
  readonly #listeners = new Set<(state: DatabaseState) => void>();
  readonly #stopping = new AbortController();
  #state: DatabaseState;
  #failure: ReefFault | null = null;
  /** The fault the log was last told of; null while all is well. */
  #toldOf: string | null = null;
  #connections: Connections | null = null;
  #running: Promise<void> | null = null;

  constructor({ source, clock, log, migrationsFolder }: DatabaseOptions) {
    this.#source = source;
    this.#clock = clock;
    this.#log = log;
    this.#migrationsFolder = migrationsFolder ?? new URL("./migrations/", import.meta.url);
    const detail = `${source.label} is being started`;
    this.#state = { kind: source.kind, isUp: false, sinceMs: clock.nowMs(), detail, version: null };
    this.readable = asReadable({ query: async (text, values) => this.#connected().query(text, values) });
    this.writable = asWritable({
      query: (text, values) => this.writable.transaction((tx) => tx.query(text, values)),
      transaction: async (work) => this.#connected().transaction(work),
    });
  }

  /** Begins to connect and keeps at it until `stop`; a server that is away is no error here (see `ready`, `failure`). */
  async start(): Promise<void> {
    this.#running ??= this.#run(this.#stopping.signal);
  }

  /** Lets running statements end for 1 s, then closes every connection and stops the embedded server. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#source.stop();
    this.#become({ isUp: false, detail: "The database is closed", version: null });
  }

  state(): DatabaseState {
    return this.#state;
  }

  /** What keeps the database away until a person acts, such as a newer database; null where nothing does. */
  get failure(): ReefFault | null {
    return this.#failure;
  }

  onChange(listener: (state: DatabaseState) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asked for before `start`. While a hook throws the database is not up, and the hook is tried again. */
  onReady(hook: ReadyHook): void {
    this.#hooks.push(hook);
  }

  /** Resolves once it is up. @throws ReefFault `failure` as soon as there is one; stopping */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      let cancel: Cancel = () => {};
      const look = () => {
        if (this.#stopping.signal.aborted) reject(stoppingFault());
        else if (this.#failure !== null) reject(this.#failure);
        else if (this.#state.isUp) resolve();
        else return;
        cancel();
      };
      cancel = this.onChange(look);
      look();
    });
  }

  #connected(): Connections {
    if (this.#stopping.signal.aborted) throw stoppingFault();
    if (this.#connections === null) throw this.#failure ?? new ReefFault("database-away", this.#state.detail);
    return this.#connections;
  }

  async #run(stopping: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stopping.aborted) {
      const startedAtMs = this.#clock.monotonicMs();
      const fault = await this.#connectAndWatch(stopping);
      if (fault === null) continue;
      if (this.#clock.monotonicMs() - startedAtMs > FATAL_BACK_OFF_MS) failures = 0;
      await sleep(this.#clock, backOffMs(fault, failures++), stopping);
    }
  }

  /** @returns why it is over; null where it was stopped */
  async #connectAndWatch(stopping: AbortSignal): Promise<ReefFault | null> {
    let session: Session | null = null;
    let fault: ReefFault | null = null;
    try {
      // Not before it is needed: the tank and the doors come first, and pg takes a while to load.
      const [{ Session }, { readMigrations }] = await Promise.all([
        import("./session.ts"),
        import("./migrate.ts"),
      ]);
      const migrations = await readMigrations(this.#migrationsFolder);
      await this.#source.makeReady(stopping);
      session = new Session({
        config: this.#source.connection(),
        migrations,
        clock: this.#clock,
        log: this.#log,
      });
      const version = await session.open();
      this.#connections = session.connections;
      for (const hook of this.#hooks) await hook();
      this.#noteUp(version);
      fault = await session.watch(stopping);
    } catch (error) {
      fault = faultFrom(error);
    }
    this.#connections = null;
    if (fault !== null && !stopping.aborted) this.#noteAway(fault);
    await session?.close(fault === null);
    return stopping.aborted ? null : fault;
  }

  #noteUp(version: string): void {
    this.#failure = null;
    this.#toldOf = null;
    this.#log.info({ version }, `${this.#source.label} answers`);
    this.#become({ isUp: true, detail: `${this.#source.label} answers (version ${version})`, version });
  }

  /** Lost is said once; the tries that follow are no news, unless a person is needed. */
  #noteAway(fault: ReefFault): void {
    const isFatal = needsPerson(fault);
    const isNews = this.#toldOf === null || (isFatal && this.#toldOf !== fault.message);
    this.#log[isNews ? "warn" : "debug"]({ error: fault, ...fault.context }, `${this.#source.label} is away`);
    this.#toldOf = fault.message;
    this.#failure = isFatal ? fault : null;
    this.#become({ isUp: false, detail: fault.message, version: this.#state.version });
  }

  #become(next: Pick<DatabaseState, "isUp" | "detail" | "version">): void {
    const last = this.#state;
    const sinceMs = last.isUp === next.isUp ? last.sinceMs : this.#clock.nowMs();
    this.#state = { kind: last.kind, sinceMs, ...next };
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#state);
      } catch (error) {
        this.#log.error({ error }, "a listener to the database's state failed");
      }
    }
  }
}

function backOffMs(fault: ReefFault, failures: number): number {
  if (needsPerson(fault)) return FATAL_BACK_OFF_MS;
  return BACK_OFF_MS[failures] ?? BACK_OFF_MS[BACK_OFF_MS.length - 1] ?? 0;
}

function needsPerson(fault: unknown): boolean {
  return !isTransient(fault);
}

function stoppingFault(): ReefFault {
  return new ReefFault("stopping", "The program is stopping: the database is closed");
}
