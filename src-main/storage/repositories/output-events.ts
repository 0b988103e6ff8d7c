import type { WritableDb } from "../access.ts";
import type { OutputEventRecord } from "../records.ts";

/** Stores what is new; events of unknown channels are left out. @returns how many were new */
export async function storeOutputEvents(
  tx: WritableDb,
  controller: number,
  events: readonly OutputEventRecord[],
): Promise<number> {
  if (events.length === 0) return 0;
  const column = <K extends keyof OutputEventRecord>(key: K) => events.map((event) => event[key]);
  const { rowCount } = await tx.query(
    `insert into output_event
       (controller_id, channel_key, at, kind, level_pct, owner, reason_code, reason_text, actor)
     select $1, channel.channel_key, to_timestamp(batch.at_ms / 1000.0), batch.kind, batch.level_pct, batch.owner,
            batch.reason_code, batch.reason_text, batch.actor
       from unnest($2::uuid[], $3::float8[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::text[], $9::text[])
         with ordinality as batch (id, at_ms, kind, level_pct, owner, reason_code, reason_text, actor, n)
       join channel on channel.controller_id = $1 and channel.id = batch.id
      order by batch.n
     on conflict do nothing`,
    [
      controller,
      column("channelId"),
      column("atMs"),
      column("kind"),
      column("levelPct"),
      column("owner"),
      column("reasonCode"),
      column("reasonText"),
      column("by"),
    ],
  );
  return rowCount;
}
