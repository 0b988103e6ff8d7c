import type { OutputHistory, OutputSpan } from "#contract/history.ts";
import type { ControllerId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { ReadableDb } from "../access.ts";
import type { HistoryQuery, OutputHistoryReader } from "../ports.ts";

/**
 * $1 controller, $2 channel, $3 and $4 the span's ends, epoch ms. What its device was last known to do before the span
 * counts from its start; a command that was not confirmed leaves the level unknown until one is.
 */
const SPANS = `
  with told as (
    select event.id, round(date_part('epoch', event.at) * 1000) as ms,
           case when event.kind = 'confirm-failed' and event.reason_code = 'not-confirmed' then null
                else event.level_pct end as level
      from channel
      join controller on controller.id = channel.controller_id
      join output_event as event using (channel_key)
     where controller.uuid = $1 and channel.id = $2 and event.at < to_timestamp($4::float8 / 1000)
       and event.kind in ('commanded', 'confirmed', 'confirm-failed', 'safe-state')
       and event.at >= coalesce((
         select max(earlier.at) from output_event as earlier
          where earlier.channel_key = channel.channel_key and earlier.at < to_timestamp($3::float8 / 1000)
            and earlier.kind in ('commanded', 'confirmed', 'confirm-failed', 'safe-state')), '-infinity')
  ), turned as (
    select ms, id, level, lag(level) over told_order as before, row_number() over told_order as n
      from told window told_order as (order by ms, id)
  ), span as (
    select greatest(ms, $3::float8) as "fromMs",
           coalesce(lead(ms) over (order by ms, id), $4::float8) as "toMs", level as "levelPct"
      from turned where n = 1 or level is distinct from before
  )`;

interface SpanRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly levelPct: number | null;
}

/** What one controller's outputs did. @throws ReefFault database-away */
export class PgOutputHistoryReader implements OutputHistoryReader {
  readonly #db: ReadableDb;
  readonly #controllerId: ControllerId;

  constructor(database: { readonly readable: ReadableDb }, controllerId: ControllerId) {
    this.#db = database.readable;
    this.#controllerId = controllerId;
  }

  async outputHistory(query: HistoryQuery): Promise<Pick<OutputHistory, "resolution" | "spans">> {
    const each = await this.#each(query);
    if (each.length <= query.maxPoints) return { resolution: "each", spans: each.map(spanFrom) };
    return { resolution: "cells", spans: (await this.#cells(query)).map(spanFrom) };
  }

  async #each({ channelId, span, maxPoints }: HistoryQuery): Promise<readonly SpanRow[]> {
    const { rows } = await this.#db.query<SpanRow>(
      `${SPANS} select * from span where "toMs" > "fromMs" order by "fromMs" limit $5`,
      [this.#controllerId, channelId, span.fromMs, span.toMs, maxPoints + 1],
    );
    return rows;
  }

  /** Equal pieces, each with its mean level, weighted by time. */
  async #cells({ channelId, span, maxPoints }: HistoryQuery): Promise<readonly SpanRow[]> {
    const widthMs = Math.max(1, Math.ceil((span.toMs - span.fromMs) / maxPoints));
    const { rows } = await this.#db.query<SpanRow>(
      `${SPANS}, piece as (
         select cell, "levelPct", least("toMs", $3::float8 + (cell + 1) * $5::float8)
                - greatest("fromMs", $3::float8 + cell * $5::float8) as ms
           from span, lateral generate_series(
             floor(("fromMs" - $3::float8) / $5::float8)::int,
             ceil(("toMs" - $3::float8) / $5::float8)::int - 1) as cell
       )
       select $3::float8 + cell * $5::float8 as "fromMs",
              least($4::float8, $3::float8 + (cell + 1) * $5::float8) as "toMs",
              sum("levelPct" * ms) filter (where "levelPct" is not null)
                / nullif(sum(ms) filter (where "levelPct" is not null), 0) as "levelPct"
         from piece where ms > 0 group by cell order by cell`,
      [this.#controllerId, channelId, span.fromMs, span.toMs, widthMs],
    );
    return rows;
  }
}

function spanFrom({ fromMs, toMs, levelPct }: SpanRow): OutputSpan {
  return { from: instantFrom(fromMs), to: instantFrom(toMs), levelPct };
}
