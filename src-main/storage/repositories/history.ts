import type { HistoryPoint, Resolution } from "#contract/history.ts";
import type { ChannelId, ControllerId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { ReadableDb } from "../access.ts";
import type { HistoryQuery, HistoryReader, Span } from "../ports.ts";
import {
  affordableRows,
  type Grid,
  gridOver,
  rollupFor,
  type Segment,
  segmentsOf,
  stepOf,
} from "./history-plan.ts";
import { QUALITY_CODE } from "./reading-codes.ts";

type History = Awaited<ReturnType<HistoryReader["history"]>>;
type Stats = Awaited<ReturnType<HistoryReader["stats"]>>;

/** Above this span statistics come from whole hours, with raw rims. */
const RAW_STATS_MS = 2 * 24 * 3_600_000;

const IN_SPAN = (column: string, { fromMs, toMs }: Span) =>
  `channel_key = $1 and ${column} >= ${instant(fromMs)} and ${column} < ${instant(toMs)}`;
const GOOD = `quality = ${QUALITY_CODE.good} and value is not null`;
const TABLE_OF: Readonly<Record<Exclude<Resolution, "raw">, string>> = {
  "5m": "rollup_5m",
  "1h": "rollup_1h",
  "1d": "rollup_1d",
};

interface PointRow {
  readonly atMs: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly count: number;
}

/** What was recorded for one controller's channels; good readings only. @throws ReefFault database-away */
export class PgHistoryReader implements HistoryReader {
  readonly #db: ReadableDb;
  readonly #controllerId: ControllerId;

  constructor(database: { readonly readable: ReadableDb }, controllerId: ControllerId) {
    this.#db = database.readable;
    this.#controllerId = controllerId;
  }

  async history({ channelId, span, maxPoints }: HistoryQuery): Promise<History> {
    const channel = await this.#channelKey(channelId);
    const extent = channel === null ? null : await this.#extent(channel, span, affordableRows(maxPoints));
    if (channel === null || extent === null) return { resolution: "raw", points: [] };
    const rawRows = extent.isRawPlausible
      ? await this.#countRaw(channel, extent.span, affordableRows(maxPoints))
      : null;
    const resolution = rawRows === null ? rollupFor(extent.span, extent.days, maxPoints) : "raw";
    const isEachOne = rawRows !== null && rawRows <= maxPoints;
    const grid = isEachOne ? null : gridOver(extent.span, stepOf(resolution), maxPoints);
    const points = await this.#points(channel, segmentsOf(extent.span, resolution), grid);
    return { resolution, points: points.map((point) => pointFrom(point, extent.span.fromMs)) };
  }

  async stats(channelId: ChannelId, span: Span): Promise<Stats> {
    const channel = await this.#channelKey(channelId);
    if (channel === null || span.fromMs >= span.toMs)
      return { count: 0, min: null, max: null, mean: null, latest: null };
    const segments = segmentsOf(span, span.toMs - span.fromMs <= RAW_STATS_MS ? "raw" : "1h");
    const { rows } = await this.#db.query<Omit<Stats, "latest">>(
      `select coalesce(sum(count), 0)::int as count, min(min) as min, max(max) as max, sum(sum) / sum(count) as mean
         from (${unionOf(segments)}) as part`,
      [channel],
    );
    const { count = 0, min = null, max = null, mean = null } = rows[0] ?? {};
    return { count, min, max, mean, latest: count === 0 ? null : await this.#latest(channel, span) };
  }

  async #channelKey(id: ChannelId): Promise<number | null> {
    const { rows } = await this.#db.query<{ key: number }>(
      `select channel_key as key from channel join controller on controller.id = channel.controller_id
        where controller.uuid = $1 and channel.id = $2`,
      [this.#controllerId, id],
    );
    return rows[0]?.key ?? null;
  }

  /** The part of a span that holds anything, to the day, so that an open-ended question is drawn over what there is. */
  async #extent(channel: number, span: Span, affordable: number) {
    if (span.fromMs >= span.toMs) return null;
    const dayMs = stepOf("1d");
    const days = { fromMs: Math.floor(span.fromMs / dayMs) * dayMs, toMs: span.toMs };
    const { rows } = await this.#db.query<{
      days: number;
      firstMs: number | null;
      lastMs: number | null;
      inner: number;
    }>(
      `select count(*)::int as days, ${epochMs("min(bucket_at)")} as "firstMs", ${epochMs("max(bucket_at)")} as "lastMs",
              coalesce(sum(count) filter (where bucket_at >= ${instant(span.fromMs)}
                and bucket_at < ${instant(span.toMs - dayMs)}), 0)::float8 as inner
         from rollup_1d where ${IN_SPAN("bucket_at", days)}`,
      [channel],
    );
    const found = rows[0];
    if (found === undefined || found.firstMs === null || found.lastMs === null) return null;
    return {
      days: found.days,
      // The whole days alone already hold too many: no need to count.
      isRawPlausible: found.inner <= affordable,
      span: { fromMs: Math.max(span.fromMs, found.firstMs), toMs: Math.min(span.toMs, found.lastMs + dayMs) },
    };
  }

  /** @returns how many readings there are; null where there are more than `limit` */
  async #countRaw(channel: number, span: Span, limit: number): Promise<number | null> {
    const { rows } = await this.#db.query<{ count: number }>(
      `select count(*)::int as count from (
         select 1 from reading where ${IN_SPAN("taken_at", span)} limit ${limit + 1}) as counted`,
      [channel],
    );
    const count = rows[0]?.count ?? 0;
    return count > limit ? null : count;
  }

  async #points(channel: number, segments: readonly Segment[], grid: Grid | null): Promise<readonly PointRow[]> {
    if (segments.length === 0) return [];
    // Grouped by the instant itself; its epoch is computed once a point and not once a row.
    const { rows } = await this.#db.query<PointRow>(
      `select ${epochMs("cell")} as "atMs", min, max, mean, count from (
         select ${grid === null ? "at" : cellOf(grid)} as cell, min(min) as min, max(max) as max,
                sum(sum) / sum(count) as mean, sum(count)::int as count
           from (${unionOf(segments)}) as part group by 1) as point order by cell`,
      [channel],
    );
    return rows;
  }

  async #latest(channel: number, span: Span): Promise<Stats["latest"]> {
    // The last two 5-minute buckets that begin before the end: the last may hold good readings after it only.
    const { rows } = await this.#db.query<{ value: number; takenAtMs: number }>(
      `select value, ${epochMs("taken_at")} as "takenAtMs" from reading
        where ${IN_SPAN("taken_at", span)} and ${GOOD} and taken_at >= (
          select min(bucket_at) from (
            select bucket_at from rollup_5m where channel_key = $1 and bucket_at < ${instant(span.toMs)}
             order by bucket_at desc limit 2) as last_two)
        order by taken_at desc limit 1`,
      [channel],
    );
    return rows[0] ?? null;
  }
}

function pointFrom({ atMs, min, max, mean, count }: PointRow, fromMs: number): HistoryPoint {
  return { at: instantFrom(Math.max(atMs, fromMs)), min, max, mean, count };
}

function unionOf(segments: readonly Segment[]): string {
  return segments.map(rowsOf).join("\nunion all\n");
}

function rowsOf({ resolution, ...span }: Segment): string {
  if (resolution === "raw") {
    return `select taken_at as at, value as min, value as max, value as sum, 1 as count
              from reading where ${IN_SPAN("taken_at", span)} and ${GOOD}`;
  }
  return `select bucket_at as at, min, max, sum, count from ${TABLE_OF[resolution]} where ${IN_SPAN("bucket_at", span)}`;
}

function cellOf({ originMs, widthMs }: Grid): string {
  return `date_bin(${Math.round(widthMs)} * interval '1 millisecond', at, ${instant(originMs)})`;
}

/** Numbers only ever reach the text as whole milliseconds of ours. */
function instant(atMs: number): string {
  return `to_timestamp(${Math.round(atMs)} / 1000.0)`;
}

/** `date_part` answers in float8, where `extract` would compute in numeric: several times faster, exact to the ms. */
function epochMs(expression: string): string {
  return `round(date_part('epoch', ${expression}) * 1000)`;
}
