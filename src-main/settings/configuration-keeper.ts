import { ReefFault } from "#contract/errors.ts";
import type { ControllerId } from "#contract/ids.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";
import type { Cancel, Logger } from "../platform/ports.ts";
import { withOfferedAlarms } from "./offered-alarms.ts";
import type { Configuration, ConfigurationRepository, ConfigurationSnapshot } from "./ports.ts";

export type ConfigurationListener = (next: Configuration, previous: Configuration) => void;

export interface ConfigurationKeeperDeps {
  readonly repository: ConfigurationRepository;
  readonly snapshot: ConfigurationSnapshot;
  readonly controllerId: ControllerId;
  readonly log: Logger;
}

export const NOTHING_CONFIGURED: Configuration = {
  revision: 0,
  devices: [],
  channels: [],
  loops: [],
  modes: [],
  alarms: null,
  notifications: NO_NOTIFICATIONS,
  isAcquisitionRunning: true,
  hardware: "none",
  tank: {
    tankName: "Reef tank",
    timeZone: "UTC",
    place: null,
    systemVolumeL: null,
    sumpFreeL: null,
    backDrainL: null,
  },
};

/**
 * The configuration in force. The tank is controlled by the local copy from power-on; Postgres is where it is kept.
 * A change is stored in Postgres first, then locally, then announced: what is in force was never lost by a crash.
 */
export class ConfigurationKeeper {
  readonly #deps: ConfigurationKeeperDeps;
  readonly #listeners = new Set<ConfigurationListener>();
  #current: Configuration = NOTHING_CONFIGURED;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: ConfigurationKeeperDeps) {
    this.#deps = deps;
  }

  /** Takes the last good configuration from the local store. A broken copy is a logged fault, and Postgres is waited for. */
  async start(): Promise<void> {
    const { snapshot, log } = this.#deps;
    try {
      this.#current = (await snapshot.load()) ?? NOTHING_CONFIGURED;
    } catch (error) {
      log.error({ error }, "the local copy of the configuration cannot be read; waiting for the database's");
    }
  }

  current(): Configuration {
    return this.#current;
  }

  /** True where nothing was ever configured, as far as is known here. */
  isEmpty(): boolean {
    return this.#current.revision === 0;
  }

  onChange(listener: ConfigurationListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Changes are made one after the other; `make` sees the one before. What it returns unchanged is not saved.
   * @throws ReefFault database-away: nothing was changed; whatever `make` throws
   */
  change(make: (current: Configuration) => Configuration): Promise<Configuration> {
    return this.#inTurn(async () => {
      const made = make(this.#current);
      if (made === this.#current) return made;
      const next = { ...withOfferedAlarms(this.#current, made), revision: this.#current.revision + 1 };
      await this.#deps.repository.save(this.#deps.controllerId, next);
      await this.#putInForce(next);
      return next;
    });
  }

  /**
   * Settles with Postgres after it was out of reach: a configuration it has for this controller wins, since every
   * change goes there first; a database that has none (a new server) is given ours.
   */
  reconcile(): Promise<void> {
    return this.#inTurn(async () => {
      const { repository, controllerId, log } = this.#deps;
      const stored = await repository.load(controllerId);
      if (stored === null) {
        if (this.isEmpty()) return;
        await repository.save(controllerId, this.#current);
        log.info({ revision: this.#current.revision }, "the configuration was copied into a new database");
        return;
      }
      if (stored.revision === this.#current.revision) return;
      log.info(
        { from: this.#current.revision, to: stored.revision },
        "the database's configuration is taken over",
      );
      await this.#putInForce(stored);
    });
  }

  async #putInForce(next: Configuration): Promise<void> {
    const previous = this.#current;
    await this.#deps.snapshot.save(next).catch((error: unknown) => {
      this.#deps.log.error({ error }, "the local copy of the configuration could not be written");
    });
    this.#current = next;
    for (const listener of this.#listeners) this.#tell(listener, { next, previous });
  }

  /** What one listener throws keeps neither the others from hearing nor the configuration from being in force. */
  #tell(listener: ConfigurationListener, change: { next: Configuration; previous: Configuration }): void {
    try {
      listener(change.next, change.previous);
    } catch (error) {
      this.#deps.log.error(
        { error, revision: change.next.revision },
        "a part could not take up the new configuration",
      );
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** @throws ReefFault not-found */
export function found<T>(item: T | undefined, what: string, id: string): T {
  if (item === undefined)
    throw new ReefFault("not-found", `There is no ${what} with this id.`, { context: { id } });
  return item;
}
