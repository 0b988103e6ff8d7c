import { ReefFault } from "#contract/errors.ts";
import { type UserCreate, Username, type UserRole } from "#contract/identity.ts";
import { UserId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import { newId } from "../platform/ids.ts";
import type { Clock } from "../platform/ports.ts";
import type { StoredUser, UserStore } from "./ports.ts";

/** What changes of a user. */
export interface UserChange {
  readonly username?: string | undefined;
  readonly role?: UserRole | undefined;
  readonly passwordHash?: string | undefined;
  /** null takes the PIN away. */
  readonly pinHash?: string | null | undefined;
}

interface UserDirectoryParts {
  readonly clock: Clock;
  readonly store: UserStore;
  /** What was known when the program last ran; null where nothing was. */
  readonly cachedUsers: readonly StoredUser[] | null;
  /** Called with every user after each change, so that a copy can be kept for a start without Postgres. */
  readonly onChange: (users: readonly StoredUser[]) => void;
}

/** Every user, in memory, in the order of creation; the store is written first and memory follows it. One change at a time. */
export class UserDirectory {
  readonly #parts: UserDirectoryParts;
  #users: readonly StoredUser[] | null = null;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(parts: UserDirectoryParts) {
    this.#parts = parts;
  }

  /** Reads the store; where it does not answer, the cached users stand in. @throws ReefFault database-away */
  load(): Promise<void> {
    return this.#oneAtATime(async () => {
      try {
        const users = await this.#parts.store.load();
        this.#become([...users].sort((a, b) => (a.id < b.id ? -1 : 1)));
      } catch (error) {
        const { cachedUsers } = this.#parts;
        if (cachedUsers !== null && cachedUsers.length > 0) this.#users ??= cachedUsers;
        throw error;
      }
    });
  }

  /** False until the store or the cache has said who there is. */
  isKnown(): boolean {
    return this.#users !== null;
  }

  /** @throws ReefFault database-away while nobody is known yet */
  all(): readonly StoredUser[] {
    if (this.#users === null) {
      throw new ReefFault(
        "database-away",
        "The users are not known yet, because the database does not answer; try again soon",
      );
    }
    return this.#users;
  }

  find(id: string): StoredUser | null {
    return this.#users?.find((user) => user.id === id) ?? null;
  }

  /** @throws ReefFault not-found */
  get(id: string): StoredUser {
    const user = this.all().find((candidate) => candidate.id === id);
    if (user === undefined) throw new ReefFault("not-found", "There is no such user");
    return user;
  }

  /** Capitals make no difference. @throws ReefFault database-away while nobody is known yet */
  findByName(username: string): StoredUser | null {
    const name = username.toLowerCase();
    return this.all().find((user) => user.username.toLowerCase() === name) ?? null;
  }

  /** @param ifNobody adds only where there is no user at all @throws ReefFault conflict, database-away */
  add(
    user: Omit<UserCreate, "password"> & { readonly passwordHash: string },
    ifNobody = false,
  ): Promise<StoredUser> {
    return this.#oneAtATime(async () => {
      const users = this.all();
      if (ifNobody && users.length > 0) throw new ReefFault("conflict", "There is a user already");
      this.#assertFree(user.username, null);
      const nowMs = this.#parts.clock.nowMs();
      const added: StoredUser = {
        id: UserId.parse(newId(nowMs)),
        username: Username.parse(user.username),
        role: user.role,
        createdAt: instantFrom(nowMs),
        passwordHash: user.passwordHash,
        pinHash: null,
      };
      await this.#parts.store.insert(added);
      this.#become([...users, added]);
      return added;
    });
  }

  /** @throws ReefFault not-found, conflict (the name is taken; the last admin), database-away */
  change(id: string, change: UserChange): Promise<StoredUser> {
    return this.#oneAtATime(async () => {
      const user = this.get(id);
      if (change.username !== undefined) this.#assertFree(change.username, user.id);
      if (change.role !== undefined && change.role !== "admin") this.#assertNotLastAdmin(user, "demoted");
      const changed: StoredUser = {
        ...user,
        username: change.username ?? user.username,
        role: change.role ?? user.role,
        passwordHash: change.passwordHash ?? user.passwordHash,
        pinHash: change.pinHash === undefined ? user.pinHash : change.pinHash,
      };
      await this.#parts.store.update(changed);
      this.#become(this.all().map((other) => (other.id === user.id ? changed : other)));
      return changed;
    });
  }

  /** @throws ReefFault not-found, conflict (the last admin), database-away */
  remove(id: string): Promise<StoredUser> {
    return this.#oneAtATime(async () => {
      const user = this.get(id);
      this.#assertNotLastAdmin(user, "removed");
      await this.#parts.store.remove(user.id);
      this.#become(this.all().filter((other) => other.id !== user.id));
      return user;
    });
  }

  #assertFree(username: string, exceptId: UserId | null): void {
    const holder = this.findByName(username);
    if (holder !== null && holder.id !== exceptId) {
      throw new ReefFault("conflict", `The username ${username} is taken; choose another`);
    }
  }

  #assertNotLastAdmin(user: StoredUser, what: string): void {
    if (user.role === "admin" && this.all().filter((other) => other.role === "admin").length === 1) {
      throw new ReefFault(
        "conflict",
        `${user.username} is the last admin and cannot be ${what}; make another admin first`,
      );
    }
  }

  #become(users: readonly StoredUser[]): void {
    this.#users = users;
    this.#parts.onChange(users);
  }

  /** Two changes at once could each see the other's admin as the one who stays. */
  #oneAtATime<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changing.then(change);
    this.#changing = done.catch(() => undefined);
    return done;
  }
}
