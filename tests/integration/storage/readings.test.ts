import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import type { BatchStore } from "#main/journal/ports.ts";
import type { OutputEvent } from "#main/outputs/ports.ts";
import { PgConfigurationRepository } from "#main/storage/repositories/configuration.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";
import { channel, configurationOf, controllerId, device } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

const CHANNELS = [channel(1), channel(2), channel(3)];
const [first, second] = CHANNELS.map(({ id }) => id) as [ChannelId, ChannelId];
const stranger = channel(99).id;
const START_MS = Date.UTC(2026, 0, 31, 22, 50);

let db: TestDatabase;
let store: BatchStore & PgReadingStore;
let sequence = 0;

beforeAll(async () => {
  db = await startDatabase();
  store = new PgReadingStore(db.database, controllerId);
  await new PgConfigurationRepository(db.database).save(controllerId, configurationOf([device(1)], CHANNELS));
});
beforeEach(() => query("truncate reading, rollup_5m, rollup_1h, rollup_1d, output_event"));
afterAll(() => db.stop());

const query = <R extends object>(text: string) => queryAs<R>(db.fresh.config, text);
const append = (readings: readonly Reading[], outputEvents: readonly OutputEvent[] = []) =>
  store.append({ sequence: ++sequence, readings, outputEvents });

function reading(
  channelId: ChannelId,
  takenAtMs: number,
  value: number | null,
  more: Partial<Reading> = {},
): Reading {
  const isGood = value !== null;
  return {
    channelId,
    takenAtMs,
    value,
    raw: value,
    quality: isGood ? "good" : "bad",
    reason: isGood ? null : "comm",
    coversS: 1,
    ...more,
  };
}

interface Rollup {
  channel: string;
  atMs: number;
  min: number;
  max: number;
  sum: number;
  count: number;
  secondsGood: number;
}
const rollups = (table: string) =>
  query<Rollup>(
    `select channel.id as channel, (extract(epoch from bucket_at) * 1000)::float8 as "atMs", min, max, sum, count,
            seconds_good as "secondsGood" from ${table} join channel using (channel_key) order by 1, 2`,
  );

/** The same by hand: the first reading of each instant counts, if it is good. */
function expectedRollups(readings: readonly Reading[], widthMs: number): Rollup[] {
  const once = new Map<string, Reading>();
  for (const r of readings)
    if (!once.has(`${r.channelId} ${r.takenAtMs}`)) once.set(`${r.channelId} ${r.takenAtMs}`, r);
  const buckets = new Map<string, Rollup>();
  for (const { channelId, takenAtMs, value, quality, coversS } of once.values()) {
    if (quality !== "good" || value === null || channelId === stranger) continue;
    const atMs = Math.floor(takenAtMs / widthMs) * widthMs;
    const b = buckets.get(`${channelId} ${atMs}`) ?? {
      channel: channelId,
      atMs,
      min: value,
      max: value,
      sum: 0,
      count: 0,
      secondsGood: 0,
    };
    buckets.set(`${channelId} ${atMs}`, {
      ...b,
      min: Math.min(b.min, value),
      max: Math.max(b.max, value),
      sum: b.sum + value,
      count: b.count + 1,
      secondsGood: b.secondsGood + coversS,
    });
  }
  return [...buckets.values()].sort((a, b) =>
    a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : a.atMs - b.atMs,
  );
}

describe("rollups", () => {
  test.each([
    ["rollup_5m", 300_000],
    ["rollup_1h", 3_600_000],
    ["rollup_1d", 86_400_000],
  ] as const)(
    "%s equals the raw readings, however late, repeated and shuffled they came",
    async (table, widthMs) => {
      // Values and spans are multiples of 1/4, so that sums are exact in any order.
      const quarter = fc.integer({ min: -4000, max: 4000 }).map((n) => n / 4);
      const someReading = fc.record({
        channelId: fc.constantFrom(first, second, stranger),
        takenAtMs: fc.integer({ min: 0, max: 200 }).map((n) => START_MS + n * 61_000),
        value: quarter,
        quality: fc.constantFrom("good", "good", "good", "uncertain", "bad"),
        coversS: fc.constantFrom(1, 0.25, 60),
      });
      const batches = fc.array(fc.array(someReading, { maxLength: 60 }), { maxLength: 6 });
      await fc.assert(
        fc
          .asyncProperty(batches, fc.boolean(), async (parts, isReplayed) => {
            const all = parts.map((part) =>
              part.map((r) =>
                reading(r.channelId, r.takenAtMs, r.quality === "bad" ? null : r.value, {
                  quality: r.quality as Reading["quality"],
                  coversS: r.coversS,
                }),
              ),
            );
            for (const part of all) await append(part);
            if (isReplayed) for (const part of all) await append(part);
            expect(await rollups(table)).toEqual(expectedRollups(all.flat(), widthMs));
          })
          .beforeEach(() => query("truncate reading, rollup_5m, rollup_1h, rollup_1d")),
        { numRuns: 25 },
      );
    },
  );

  test("hold what no number is out of their sums", async () => {
    await append([
      reading(first, START_MS, Number.NaN),
      reading(first, START_MS + 1, Number.POSITIVE_INFINITY),
      reading(first, START_MS + 2, 2),
    ]);
    expect(await rollups("rollup_1d")).toMatchObject([{ sum: 2, count: 1 }]);
  });
});

describe("a batch", () => {
  test("is stored with its quality, reason, raw value and span", async () => {
    await append([
      reading(first, START_MS, 25.5, { raw: 25.1, coversS: 5 }),
      reading(first, START_MS + 1, null, { reason: "range", raw: 99 }),
      reading(second, START_MS, 8.1, { quality: "uncertain", reason: "stale", raw: null }),
    ]);
    expect(
      await query(
        "select value, raw, covers_s as c, quality as q, reason as r, controller_id as k from reading order by channel_key, taken_at",
      ),
    ).toEqual([
      { value: 25.5, raw: 25.1, c: 5, q: 0, r: null, k: 1 },
      { value: null, raw: 99, c: 1, q: 2, r: 3, k: 1 },
      { value: 8.1, raw: null, c: 1, q: 1, r: 8, k: 1 },
    ]);
  });

  test("stored twice is stored once, whatever its number", async () => {
    const readings = [reading(first, START_MS, 1), reading(second, START_MS, 2)];
    const events = [event(first, START_MS)];
    await store.append({ sequence: 500, readings, outputEvents: events });
    await store.append({ sequence: 500, readings, outputEvents: events });
    await store.append({ sequence: 1, readings, outputEvents: events });
    expect(await query("select count(*)::int as n from reading")).toEqual([{ n: 2 }]);
    expect(await query("select count(*)::int as n from output_event")).toEqual([{ n: 1 }]);
    expect(await store.lastSequence()).toBe(500);
  });

  test("loses nothing where the numbers begin anew because the journal's own file was lost", async () => {
    await store.append({ sequence: 900, readings: [reading(first, START_MS, 1)], outputEvents: [] });
    await store.append({
      sequence: 1,
      readings: [reading(first, START_MS + 1000, 2)],
      outputEvents: [event(first, START_MS + 1)],
    });
    expect(await query("select count(*)::int as n from reading")).toEqual([{ n: 2 }]);
    expect(await query("select count(*)::int as n from output_event")).toEqual([{ n: 1 }]);
  });

  test("leaves out what channels that are gone had said, and keeps the rest", async () => {
    await append(
      [reading(stranger, START_MS, 1), reading(first, START_MS, 2)],
      [event(stranger, START_MS), event(first, START_MS)],
    );
    expect(await query("select value from reading")).toEqual([{ value: 2 }]);
    expect(await query("select count(*)::int as n from output_event")).toEqual([{ n: 1 }]);
  });

  test("that is empty is no trouble", async () => {
    await append([]);
  });

  test("is stored at any instant a clock can show", async () => {
    const instants = [0, 1, Date.UTC(1999, 11, 31), Date.UTC(9999, 11, 31, 23, 59, 59, 999)];
    await append(instants.map((atMs) => reading(first, atMs, 1)));
    const rows = await query<{ atMs: number }>(
      'select (extract(epoch from taken_at) * 1000)::float8 as "atMs" from reading order by 1',
    );
    expect(rows.map(({ atMs }) => atMs)).toEqual(instants);
  });

  test("with text that looks like SQL is kept as text", async () => {
    const text = "'); drop table reading; --";
    await append([], [{ ...event(first, START_MS), reasonText: text, by: text }]);
    expect(await query("select reason_text as t, actor as a from output_event")).toEqual([{ t: text, a: text }]);
  });

  test("two writers of one controller take turns and never block each other for good", async () => {
    const readings = (from: number) =>
      Array.from({ length: 200 }, (_, n) =>
        reading(n % 2 === from % 2 ? first : second, START_MS + n * 30_000 + from, n),
      );
    await Promise.all([0, 1, 2, 3].flatMap((from) => [append(readings(from)), append(readings(from).reverse())]));
    expect(await query("select count(*)::int as n from reading")).toEqual([{ n: 800 }]);
  });

  test("a controller that never saved a configuration can store nothing, and says nothing", async () => {
    const unknown = new PgReadingStore(db.database, "0190a000-0000-7000-8000-00000000ffff" as typeof controllerId);
    await unknown.append({ sequence: 1, readings: [reading(first, START_MS, 1)], outputEvents: [] });
    expect(await query("select count(*)::int as n from reading")).toEqual([{ n: 0 }]);
    expect(await unknown.lastSequence()).toBe(1);
  });
});

test("while the database is not up a batch is refused, so that the journal keeps it", async () => {
  const away = new PgReadingStore(
    {
      writable: db.database.writable,
      state: () => ({ ...db.database.state(), isUp: false, detail: "It is away." }),
    },
    controllerId,
  );
  const refused = away.append({ sequence: 1, readings: [reading(first, START_MS, 1)], outputEvents: [] });
  await expect(refused).rejects.toMatchObject({ code: "database-away", message: "It is away." });
});

function event(channelId: ChannelId, atMs: number): OutputEvent {
  return {
    channelId,
    atMs,
    kind: "commanded",
    levelPct: 100,
    owner: "loop",
    reasonCode: "heating",
    reasonText: "Too cold.",
    by: null,
  };
}
