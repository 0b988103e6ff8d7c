import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import { User } from "#contract/identity.ts";
import type { ControllerId, UserId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import { type ReadableDb, type WritableDb, withTransaction } from "../access.ts";
import type { UserRecord } from "../records.ts";
import { ensureController } from "./controllers.ts";

const StoredUser = User.omit({ hasPin: true }).extend({
  passwordHash: z.string(),
  pinHash: z.string().nullable(),
});

interface UserDatabase {
  readonly readable: ReadableDb;
  readonly writable: WritableDb;
}

interface UserRow {
  readonly createdAtMs: number;
}

/** The user accounts of one controller (identity's `UserStore`). @throws ReefFault database-away */
export class PgUserStore {
  readonly #database: UserDatabase;
  readonly #controllerId: ControllerId;

  constructor(database: UserDatabase, controllerId: ControllerId) {
    this.#database = database;
    this.#controllerId = controllerId;
  }

  /** In creation order. */
  async load(): Promise<readonly UserRecord[]> {
    const { rows } = await this.#database.readable.query<UserRow>(
      `select u.id, username, role, password_hash as "passwordHash", pin_hash as "pinHash",
              (extract(epoch from u.created_at) * 1000)::float8 as "createdAtMs"
         from user_account u join controller on controller.id = u.controller_id
        where controller.uuid = $1 order by u.created_at, u.id`,
      [this.#controllerId],
    );
    return rows.map(({ createdAtMs, ...row }) => {
      const user = StoredUser.safeParse({ ...row, createdAt: instantFrom(createdAtMs) });
      if (user.success) return user.data;
      throw new ReefFault("internal", "A user in the database does not read as one: restore a backup");
    });
  }

  /** @throws ReefFault conflict where the username is taken, in whatever case */
  insert(user: UserRecord): Promise<void> {
    return withTransaction(this.#database.writable, async (tx) => {
      const controller = await ensureController(tx, this.#controllerId);
      await tx.query(
        `insert into user_account (controller_id, id, username, role, password_hash, pin_hash, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [controller, user.id, user.username, user.role, user.passwordHash, user.pinHash, user.createdAt],
      );
    });
  }

  /** @throws ReefFault conflict where the username is taken; not-found */
  async update(user: UserRecord): Promise<void> {
    const { rowCount } = await this.#database.writable.query(
      `update user_account u set username = $3, role = $4, password_hash = $5, pin_hash = $6
         from controller where controller.id = u.controller_id and controller.uuid = $1 and u.id = $2`,
      [this.#controllerId, user.id, user.username, user.role, user.passwordHash, user.pinHash],
    );
    if (rowCount === 0) throw new ReefFault("not-found", "There is no such user");
  }

  /** Removing one that is not there does nothing. */
  async remove(id: UserId): Promise<void> {
    await this.#database.writable.query(
      `delete from user_account u using controller
        where controller.id = u.controller_id and controller.uuid = $1 and u.id = $2`,
      [this.#controllerId, id],
    );
  }
}
