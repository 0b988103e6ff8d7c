import { ReefFault } from "#contract/errors.ts";
import type { ControllerId } from "#contract/ids.ts";

import { type WritableDb, withTransaction } from "../access.ts";
import type { DatabaseState } from "../ports.ts";
import type { BatchRecord } from "../records.ts";
import { ensureController } from "./controllers.ts";
import { storeOutputEvents } from "./output-events.ts";
import { storeReadings } from "./reading-rows.ts";

interface BatchDatabase {
  readonly writable: WritableDb;
  state(): DatabaseState;
}

/**
 * The journal's way into Postgres (its `BatchStore`): one durable transaction a batch. Everything in a batch is recognized by what it
 * says (channel and instant), never by the batch's number: a journal that has to count anew after its own file was lost
 * still loses nothing here.
 */
export class PgReadingStore {
  readonly #database: BatchDatabase;
  readonly #controllerId: ControllerId;

  constructor(database: BatchDatabase, controllerId: ControllerId) {
    this.#database = database;
    this.#controllerId = controllerId;
  }

  async append(batch: BatchRecord): Promise<void> {
    const { isUp, detail } = this.#database.state();
    // Before it is up its configuration may be old, and readings of channels it does not know would be left out.
    if (!isUp) throw new ReefFault("database-away", detail);
    await withTransaction(this.#database.writable, async (tx) => {
      const controller = await this.#noteBatch(tx, batch.sequence);
      await storeReadings(tx, controller, batch.readings);
      await storeOutputEvents(tx, controller, batch.outputEvents);
    });
  }

  /** The highest batch number ever stored for this controller; 0 where none was. @throws ReefFault database-away */
  async lastSequence(): Promise<number> {
    const { rows } = await this.#database.writable.query<{ last: number }>(
      `select last_sequence::float8 as last from journal_batch
         join controller on controller.id = journal_batch.controller_id where controller.uuid = $1`,
      [this.#controllerId],
    );
    return rows[0]?.last ?? 0;
  }

  /** Its row lock also makes two writers of one controller take turns, so that their rollups cannot deadlock. */
  async #noteBatch(tx: WritableDb, sequence: number): Promise<number> {
    const { rows } = await tx.query<{ controller: number }>(
      `insert into journal_batch as old (controller_id, last_sequence, stored_at)
       select id, $2, now() from controller where uuid = $1
       on conflict (controller_id) do update
         set last_sequence = greatest(old.last_sequence, excluded.last_sequence), stored_at = now()
       returning controller_id as controller`,
      [this.#controllerId, sequence],
    );
    if (rows[0] !== undefined) return rows[0].controller;
    await ensureController(tx, this.#controllerId);
    return this.#noteBatch(tx, sequence);
  }
}
