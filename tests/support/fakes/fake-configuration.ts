import { ReefFault } from "#contract/errors.ts";
import type { Configuration, ConfigurationRepository, ConfigurationSnapshot } from "#main/settings/ports.ts";

/** Keeps one configuration; `isAway` makes it refuse as an unreachable database does. */
export class FakeConfigurationRepository implements ConfigurationRepository {
  stored: Configuration | null = null;
  isAway = false;

  async load(): Promise<Configuration | null> {
    this.#answer();
    return this.stored;
  }

  async save(_: unknown, next: Configuration): Promise<void> {
    this.#answer();
    this.stored = next;
  }

  #answer(): void {
    if (this.isAway) throw new ReefFault("database-away", "The database does not answer.");
  }
}

export class FakeConfigurationSnapshot implements ConfigurationSnapshot {
  stored: Configuration | null = null;
  failure: Error | null = null;

  async load(): Promise<Configuration | null> {
    if (this.failure !== null) throw this.failure;
    return this.stored;
  }

  async save(next: Configuration): Promise<void> {
    if (this.failure !== null) throw this.failure;
    this.stored = next;
  }
}
