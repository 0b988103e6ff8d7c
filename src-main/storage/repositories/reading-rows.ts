import type { Reading } from "#contract/readings.ts";
import type { WritableDb } from "../access.ts";
import { QUALITY_CODE, REASON_CODE } from "./reading-codes.ts";

/**
 * New readings and what they change in the rollups, in one statement. Only rows that were not there before reach the
 * rollups: duplicates never count twice, late ones count where they belong. Hours are built from the batch's own
 * 5-minute parts and days from its hours, so that each reading is looked at once.
 */
const STORE_READINGS = `
with known as (
  select asked.n::int as n, channel.channel_key
    from unnest($2::uuid[]) with ordinality as asked (id, n)
    join channel on channel.controller_id = $1 and channel.id = asked.id
), fresh as (
  insert into reading (controller_id, channel_key, taken_at, value, raw, covers_s, quality, reason)
  select $1, known.channel_key, to_timestamp(batch.at_ms / 1000.0), batch.value, batch.raw, batch.covers_s,
         batch.quality, batch.reason
    from unnest($3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float4[], $8::int2[], $9::int2[])
      as batch (n, at_ms, value, raw, covers_s, quality, reason)
    join known using (n)
  on conflict (channel_key, taken_at) do nothing
  returning channel_key, taken_at, value, covers_s, quality
), minutes as materialized (
  select channel_key, date_bin('5 minutes', taken_at, 'epoch') as bucket_at, min(value) as min, max(value) as max,
         sum(value) as sum, count(*)::int as count, sum(covers_s::float8) as seconds_good
    from fresh where quality = ${QUALITY_CODE.good} and value is not null group by 1, 2
), hours as materialized (
  select channel_key, date_bin('1 hour', bucket_at, 'epoch') as bucket_at, min(min) as min, max(max) as max,
         sum(sum) as sum, sum(count)::int as count, sum(seconds_good) as seconds_good
    from minutes group by 1, 2
), days as (
  select channel_key, date_bin('1 day', bucket_at, 'epoch') as bucket_at, min(min) as min, max(max) as max,
         sum(sum) as sum, sum(count)::int as count, sum(seconds_good) as seconds_good
    from hours group by 1, 2
), ${merged("merged_5m", "rollup_5m", "minutes")}, ${merged("merged_1h", "rollup_1h", "hours")}, ${merged("merged_1d", "rollup_1d", "days")}
select count(*)::int as stored from fresh`;

/** Stores what is new. Readings of channels that are unknown (deleted meanwhile) are left out. @returns how many were new */
export async function storeReadings(
  tx: WritableDb,
  controller: number,
  readings: readonly Reading[],
): Promise<number> {
  if (readings.length === 0) return 0;
  const columns = columnsFrom(readings);
  const { rows } = await tx.query<{ stored: number }>(STORE_READINGS, [controller, ...columns]);
  return rows[0]?.stored ?? 0;
}

/** One array a column, each channel's id sent once: a thousand rows are one statement. */
function columnsFrom(readings: readonly Reading[]): readonly unknown[][] {
  const ids = [...new Set(readings.map((r) => r.channelId))];
  const numbers = new Map(ids.map((id, index) => [id, index + 1]));
  return [
    ids,
    readings.map((r) => numbers.get(r.channelId)),
    readings.map((r) => r.takenAtMs),
    readings.map((r) => finiteOrNull(r.value)),
    readings.map((r) => finiteOrNull(r.raw)),
    readings.map((r) => r.coversS),
    readings.map((r) => QUALITY_CODE[r.quality]),
    readings.map((r) => (r.reason === null ? null : REASON_CODE[r.reason])),
  ];
}

/** A NaN or an infinity in a sum would spoil its bucket for ever. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function merged(name: string, table: string, part: string): string {
  return `${name} as (
  insert into ${table} as old (controller_id, channel_key, bucket_at, min, max, sum, count, seconds_good)
  select $1, channel_key, bucket_at, min, max, sum, count, seconds_good from ${part}
  on conflict (channel_key, bucket_at) do update set
    min = least(old.min, excluded.min), max = greatest(old.max, excluded.max), sum = old.sum + excluded.sum,
    count = old.count + excluded.count, seconds_good = old.seconds_good + excluded.seconds_good
)`;
}
