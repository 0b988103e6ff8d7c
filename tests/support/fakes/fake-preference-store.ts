import { ReefFault } from "#contract/errors.ts";
import type { UserId } from "#contract/ids.ts";
import type { PreferenceStore, StoredPreferences } from "#main/identity/ports.ts";

/** Preferences in memory; `isAway` makes it refuse as an unreachable database does. */
export class FakePreferenceStore implements PreferenceStore {
  readonly documents = new Map<UserId, unknown>();
  isAway = false;

  async load(): Promise<readonly StoredPreferences[]> {
    this.#answer();
    return [...this.documents].map(([userId, document]) => ({ userId, document }));
  }

  async save(userId: UserId, document: unknown): Promise<void> {
    this.#answer();
    this.documents.set(userId, document);
  }

  #answer(): void {
    if (this.isAway) throw new ReefFault("database-away", "The database does not answer");
  }
}
