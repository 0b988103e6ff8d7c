import { z } from "zod";
import { User } from "#contract/identity.ts";
import type { SecretStore, StoredUser } from "../identity/ports.ts";
import type { Logger } from "../platform/ports.ts";

const SECRET_NAME = "users";
const CachedUsers = z.array(User.extend({ passwordHash: z.string() }));

/** The users as they were, kept encrypted in the local store: a keeper can sign in while Postgres is away. */
export class UserCache {
  readonly #secrets: SecretStore;
  readonly #log: Logger;

  constructor(secrets: SecretStore, log: Logger) {
    this.#secrets = secrets;
    this.#log = log;
  }

  /** null: none kept, or not readable; Postgres is then waited for. */
  async load(): Promise<readonly StoredUser[] | null> {
    const text = await this.#secrets.get(SECRET_NAME);
    if (text === null) return null;
    const parsed = CachedUsers.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    this.#log.warn({}, "the local copy of the users cannot be read; waiting for the database's");
    return null;
  }

  save(users: readonly StoredUser[]): void {
    this.#secrets.put(SECRET_NAME, JSON.stringify(users)).catch((error: unknown) => {
      this.#log.error({ error }, "the local copy of the users could not be written");
    });
  }
}
