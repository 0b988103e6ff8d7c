import { ReefFault } from "#contract/errors.ts";
import type { ControllerId } from "#contract/ids.ts";
import type { ReadableDb, WritableDb } from "../access.ts";

/** The number a controller goes by in every table; null where it never wrote here. */
export async function controllerKey(db: ReadableDb, id: ControllerId): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>("select id from controller where uuid = $1", [id]);
  return rows[0]?.id ?? null;
}

/** The same, after entering the controller where it is new. */
export async function ensureController(tx: WritableDb, id: ControllerId): Promise<number> {
  const known = await controllerKey(tx, id);
  if (known !== null) return known;
  await tx.query("insert into controller (uuid) values ($1) on conflict (uuid) do nothing", [id]);
  const entered = await controllerKey(tx, id);
  if (entered === null)
    throw new ReefFault("internal", "A controller that was just entered is not there: please report it");
  return entered;
}
