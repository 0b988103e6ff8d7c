import { ReefFault } from "#contract/errors.ts";
import type { ControllerId, UserId } from "#contract/ids.ts";
import type { ReadableDb, WritableDb } from "../access.ts";
import type { PreferencesRecord } from "../records.ts";

interface PreferencesDatabase {
  readonly readable: ReadableDb;
  readonly writable: WritableDb;
}

/** What each user of one controller prefers (identity's `PreferenceStore`). @throws ReefFault database-away */
export class PgPreferenceStore {
  readonly #database: PreferencesDatabase;
  readonly #controllerId: ControllerId;

  constructor(database: PreferencesDatabase, controllerId: ControllerId) {
    this.#database = database;
    this.#controllerId = controllerId;
  }

  async load(): Promise<readonly PreferencesRecord[]> {
    const { rows } = await this.#database.readable.query<PreferencesRecord>(
      `select p.user_id as "userId", p.document
         from user_preferences p join controller on controller.id = p.controller_id
        where controller.uuid = $1 order by p.user_id`,
      [this.#controllerId],
    );
    return rows;
  }

  /** @throws ReefFault not-found where there is no such user */
  async save(userId: UserId, document: object): Promise<void> {
    const { rowCount } = await this.#database.writable.query(
      `insert into user_preferences (controller_id, user_id, document)
       select u.controller_id, u.id, $3::jsonb
         from user_account u join controller on controller.id = u.controller_id
        where controller.uuid = $1 and u.id = $2
       on conflict (controller_id, user_id) do update set document = excluded.document`,
      [this.#controllerId, userId, JSON.stringify(document)],
    );
    if (rowCount === 0) throw new ReefFault("not-found", "There is no such user");
  }
}
