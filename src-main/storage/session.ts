import type { ClientConfig } from "pg";
import { ReefFault } from "#contract/errors.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { sleep } from "../platform/timing.ts";
import { Connections } from "./connections.ts";
import { faultFrom } from "./faults.ts";
import { type Migration, migrate } from "./migrate.ts";
import { Probe } from "./probe.ts";

/** Two tries of 2 s after this period: a paused server is noticed within 6 s. */
const PROBE_PERIOD_MS = 2_000;
const CLOSE_GRACE_MS = 1_000;
/** PostgreSQL 14: `date_bin`, and the oldest that is still maintained. */
const OLDEST_SERVER = 140_000;

interface SessionOptions {
  readonly config: ClientConfig;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** From the moment a server answers until it does not: its connections, and the watch over them. */
export class Session {
  readonly connections: Connections;
  readonly #probe: Probe;
  readonly #options: SessionOptions;
  #hurry = new AbortController();

  constructor(options: SessionOptions) {
    const { config, clock } = options;
    this.#options = options;
    const onTrouble = () => this.#hurry.abort();
    this.#probe = new Probe({ config, clock, onLost: onTrouble });
    this.connections = new Connections({ config, clock, onTrouble });
  }

  /**
   * Checks the server and brings its database up to date.
   * @returns the server's version, e.g. `18.4`
   * @throws ReefFault bad-setting for a server older than 14; as `migrate`
   */
  async open(): Promise<string> {
    const version = supportedVersion(await this.#probe.check());
    await migrate(this.#options.config, this.#options.migrations, this.#options.log);
    return version;
  }

  /** Resolves with the reason when the server is gone; never where `signal` ends it first, which resolves with null. */
  async watch(signal: AbortSignal): Promise<ReefFault | null> {
    const { clock } = this.#options;
    let wake = AbortSignal.any([signal, this.#hurry.signal]);
    for (;;) {
      await sleep(clock, PROBE_PERIOD_MS, wake);
      if (signal.aborted) return null;
      if (this.#hurry.signal.aborted) {
        this.#hurry = new AbortController();
        wake = AbortSignal.any([signal, this.#hurry.signal]);
      } else if (clock.monotonicMs() - this.connections.lastAnswerAtMs < PROBE_PERIOD_MS) {
        continue;
      }
      const fault = await this.#look();
      if (fault !== null) return fault;
    }
  }

  /** @param isServerThere true: what runs may end, for 1 s; false: whoever waits hears at once that it is in vain */
  async close(isServerThere: boolean): Promise<void> {
    this.#probe.close();
    if (!isServerThere) {
      this.connections.abandon();
      return;
    }
    const done = new AbortController();
    await this.connections.close(sleep(this.#options.clock, CLOSE_GRACE_MS, done.signal));
    done.abort();
  }

  /** One silence may be a broken connection; two, the second over a fresh one, are a server that is away. */
  async #look(): Promise<ReefFault | null> {
    try {
      await this.#probe.check().catch(() => this.#probe.check());
      return null;
    } catch (error) {
      return faultFrom(error);
    }
  }
}

/**
 * @param version `server_version_num`, e.g. 180004
 * @returns e.g. `18.4`
 * @throws ReefFault bad-setting for a server older than 14
 */
export function supportedVersion(version: number): string {
  const text = `${Math.floor(version / 10_000)}.${version % 10_000}`;
  if (version >= OLDEST_SERVER) return text;
  throw new ReefFault("bad-setting", `DATABASE_URL names a PostgreSQL ${text}: use version 14 or newer`);
}
