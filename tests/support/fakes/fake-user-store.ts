import { ReefFault } from "#contract/errors.ts";
import type { StoredUser, UserStore } from "#main/identity/ports.ts";

/** Users in memory; `isAway` makes it refuse as an unreachable database does. */
export class FakeUserStore implements UserStore {
  users: StoredUser[];
  isAway = false;

  constructor(users: readonly StoredUser[] = []) {
    this.users = [...users];
  }

  async load(): Promise<readonly StoredUser[]> {
    this.#answer();
    return [...this.users];
  }

  async insert(user: StoredUser): Promise<void> {
    this.#answer();
    this.users.push(user);
  }

  async update(user: StoredUser): Promise<void> {
    this.#answer();
    this.users = this.users.map((other) => (other.id === user.id ? user : other));
  }

  async remove(id: string): Promise<void> {
    this.#answer();
    this.users = this.users.filter((user) => user.id !== id);
  }

  #answer(): void {
    if (this.isAway) throw new ReefFault("database-away", "The database does not answer");
  }
}
