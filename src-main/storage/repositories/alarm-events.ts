import type { AlarmEvent } from "#contract/alarms.ts";
import type { ControllerId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import { type ReadableDb, type WritableDb, withTransaction } from "../access.ts";
import type { AlarmEventQuery, AlarmEventReader, AlarmEventRow, Span } from "../ports.ts";
import { ensureController } from "./controllers.ts";

interface AlarmDatabase {
  readonly readable: ReadableDb;
  readonly writable: WritableDb;
}

const APPEND = `
insert into alarm_event (controller_id, id, at, alarm_id, name, kind, priority, channel_id, transition, from_state,
                         to_state, value, unit, actor, note, group_id)
select $1, e.id, e.at, e."alarmId", e.name, e.kind, e.priority, e."channelId", e.transition, e."from", e."to", e.value,
       e.unit, e."by", e.note, e."groupId"
  from jsonb_to_recordset($2::jsonb)
    as e (id uuid, at timestamptz, "alarmId" uuid, name text, kind text, priority text, "channelId" uuid,
          transition text, "from" text, "to" text, value float8, unit text, "by" text, note text, "groupId" uuid)
on conflict do nothing`;

const EVENTS = `
select e.id, extract(epoch from e.at)::float8 * 1000 as "atMs", e.alarm_id as "alarmId", e.name, e.kind, e.priority,
       e.channel_id as "channelId", e.transition, e.from_state as "from", e.to_state as "to", e.value, e.unit,
       e.actor as "by", e.note, e.group_id as "groupId"
  from alarm_event e join controller on controller.id = e.controller_id
 where controller.uuid = $1
   and ($2::uuid is null or e.alarm_id = $2) and ($3::text is null or e.priority = $3)
   and ($4::float8 is null or e.at >= to_timestamp($4::float8 / 1000))
   and ($5::float8 is null or e.at < to_timestamp($5::float8 / 1000))
   and ($6::uuid is null or e.id < $6) and ($8::text is null or e.transition = $8)
 order by e.id desc limit $7`;

const COUNTED = `
select extract(epoch from e.at)::float8 * 1000 as "atMs", e.alarm_id as "alarmId", e.name, e.priority, e.transition,
       to_char(e.at at time zone $4, 'YYYY-MM-DD') as day
  from alarm_event e join controller on controller.id = e.controller_id
 where controller.uuid = $1 and e.transition in ('raised', 'acknowledged')
   and e.at >= to_timestamp($2::float8 / 1000) and e.at < to_timestamp($3::float8 / 1000)
 order by e.at, e.id`;

const DAYS = `
select to_char(day, 'YYYY-MM-DD') as day
  from generate_series((to_timestamp($1::float8 / 1000) at time zone $3)::date,
                       (to_timestamp($2::float8 / 1000 - 0.001) at time zone $3)::date, interval '1 day') as day`;

/** The transitions of one controller's alarms. @throws ReefFault database-away */
export class PgAlarmEvents implements AlarmEventReader {
  readonly #database: AlarmDatabase;
  readonly #controllerId: ControllerId;

  constructor(database: AlarmDatabase, controllerId: ControllerId) {
    this.#database = database;
    this.#controllerId = controllerId;
  }

  /** One that is there already stays as it is. */
  append(events: readonly AlarmEvent[]): Promise<void> {
    return withTransaction(this.#database.writable, async (tx) => {
      const controller = await ensureController(tx, this.#controllerId);
      await tx.query(APPEND, [controller, JSON.stringify(events)]);
    });
  }

  async events(query: AlarmEventQuery): Promise<readonly AlarmEvent[]> {
    const { alarmId = null, priority = null, transition = null } = query;
    const { fromMs = null, toMs = null, beforeId = null, limit } = query;
    const values = [this.#controllerId, alarmId, priority, fromMs, toMs, beforeId, limit, transition];
    const { rows } = await this.#database.readable.query<Omit<AlarmEvent, "at"> & { atMs: number }>(
      EVENTS,
      values,
    );
    return rows.map(({ atMs, ...event }) => ({ ...event, at: instantFrom(Math.round(atMs)) }));
  }

  async counted({ fromMs, toMs }: Span, timeZone: string): ReturnType<AlarmEventReader["counted"]> {
    const { readable } = this.#database;
    const { rows } = await readable.query<AlarmEventRow>(COUNTED, [this.#controllerId, fromMs, toMs, timeZone]);
    const { rows: days } = await readable.query<{ day: string }>(DAYS, [fromMs, toMs, timeZone]);
    return { rows, days: days.map(({ day }) => day) };
  }
}
