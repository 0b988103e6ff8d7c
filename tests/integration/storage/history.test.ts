import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HistoryPoint } from "#contract/history.ts";
import type { Reading } from "#contract/readings.ts";
import type { Span } from "#main/storage/ports.ts";
import { PgConfigurationRepository } from "#main/storage/repositories/configuration.ts";
import { PgHistoryReader } from "#main/storage/repositories/history.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";
import { channel, configurationOf, controllerId, device } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

const channelId = channel(1).id;
const OTHER = channel(2).id;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 0, 31, 22, 50, 7, 123);

let db: TestDatabase;
let reader: PgHistoryReader;
let store: PgReadingStore;
beforeAll(async () => {
  db = await startDatabase();
  reader = new PgHistoryReader(db.database, controllerId);
  store = new PgReadingStore(db.database, controllerId);
  const channels = [channel(1), channel(2)];
  await new PgConfigurationRepository(db.database).save(controllerId, configurationOf([device(1)], channels));
});
beforeEach(clear);
afterAll(() => db.stop());

async function clear(): Promise<void> {
  await queryAs(db.fresh.config, "truncate reading, rollup_5m, rollup_1h, rollup_1d");
}

interface Sample {
  readonly atMs: number;
  readonly value: number;
}

async function keep(samples: readonly Sample[], more: Partial<Reading> = {}): Promise<void> {
  const readings = samples.map(({ atMs, value }) => ({
    ...({ channelId, takenAtMs: atMs, value, raw: value, quality: "good", reason: null, coversS: 1 } as const),
    ...more,
  }));
  for (let i = 0; i < readings.length; i += 5_000) {
    await store.append({ sequence: 1, readings: readings.slice(i, i + 5_000), outputEvents: [] });
  }
}

function wave(count: number, stepMs: number): Sample[] {
  return Array.from({ length: count }, (_, n) => ({
    atMs: START_MS + n * stepMs,
    value: Math.round(1000 * Math.sin(n / 50)) / 4,
  }));
}

function statsByHand(samples: readonly Sample[], { fromMs, toMs }: Span) {
  const inside = samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).sort((a, b) => a.atMs - b.atMs);
  const values = inside.map(({ value }) => value);
  const last = inside.at(-1);
  if (last === undefined) return { count: 0, min: null, max: null, mean: null, latest: null };
  return {
    count: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    latest: { value: last.value, takenAtMs: last.atMs },
  };
}

function totals(points: readonly HistoryPoint[]) {
  return {
    count: points.reduce((sum, { count }) => sum + count, 0),
    min: Math.min(...points.map(({ min }) => min)),
    max: Math.max(...points.map(({ max }) => max)),
  };
}

describe("statistics", () => {
  test("equal a hand calculation over 1,000 rows", async () => {
    const samples = wave(1000, 7_919);
    await keep(samples);
    await keep([{ atMs: START_MS + 1, value: 1e6 }], { quality: "uncertain", reason: "stale" });
    await keep([{ atMs: START_MS + 2, value: 1e6 }], { channelId: OTHER });
    const span = { fromMs: START_MS, toMs: START_MS + DAY_MS };
    expect(await reader.stats(channelId, span)).toEqual(statsByHand(samples, span));
  });

  test("equal a hand calculation over any span, from milliseconds to weeks", async () => {
    const samples = wave(2_000, 1_234_567);
    await keep(samples);
    const instant = fc.integer({ min: START_MS - DAY_MS, max: START_MS + 30 * DAY_MS });
    await fc.assert(
      fc.asyncProperty(instant, instant, async (a, b) => {
        const span = { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
        const { mean, ...exact } = await reader.stats(channelId, span);
        const { mean: expected, ...rest } = statsByHand(samples, span);
        expect(exact).toEqual(rest);
        expect(mean ?? 0).toBeCloseTo(expected ?? 0, 9);
      }),
      { numRuns: 60 },
    );
  });

  test("count from the start of a span and not its end", async () => {
    await keep([
      { atMs: START_MS, value: 1 },
      { atMs: START_MS + 10, value: 3 },
    ]);
    expect(await reader.stats(channelId, { fromMs: START_MS, toMs: START_MS + 10 })).toMatchObject({
      count: 1,
      max: 1,
    });
    expect(await reader.stats(channelId, { fromMs: START_MS + 1, toMs: START_MS + 11 })).toMatchObject({
      count: 1,
      min: 3,
    });
  });

  test("find the latest good reading behind a long stretch of bad ones", async () => {
    await keep([{ atMs: START_MS, value: 7 }]);
    await keep(
      wave(2_000, 60_000)
        .slice(1)
        .map((s) => ({ ...s, value: 0 })),
      { value: null, quality: "bad", reason: "comm" },
    );
    await keep([{ atMs: START_MS + 40 * DAY_MS, value: 8 }]);
    const { latest } = await reader.stats(channelId, { fromMs: 0, toMs: START_MS + 30 * DAY_MS });
    expect(latest).toEqual({ value: 7, takenAtMs: START_MS });
  });
});

describe("history", () => {
  const query = (span: Span, maxPoints = 1000) => reader.history({ channelId, span, maxPoints });

  test("of few readings is each of them, at its instant", async () => {
    const samples = wave(100, 1_000);
    await keep(samples);
    const { resolution, points } = await query({ fromMs: START_MS, toMs: START_MS + HOUR_MS });
    expect(resolution).toBe("raw");
    expect(points).toEqual(
      samples.map(({ atMs, value }) => ({
        at: new Date(atMs).toISOString(),
        min: value,
        max: value,
        mean: value,
        count: 1,
      })),
    );
  });

  test("of a span without readings, of an unknown channel and of a span turned round is empty", async () => {
    await keep(wave(10, 1_000));
    expect(await query({ fromMs: 0, toMs: START_MS })).toEqual({ resolution: "raw", points: [] });
    expect((await query({ fromMs: START_MS + DAY_MS, toMs: START_MS })).points).toEqual([]);
    expect(
      (await reader.history({ channelId: channel(77).id, span: { fromMs: 0, toMs: 1e13 }, maxPoints: 10 })).points,
    ).toEqual([]);
  });

  test("leaves out what is not good", async () => {
    await keep([{ atMs: START_MS, value: 1 }]);
    await keep([{ atMs: START_MS + 1, value: 99 }], { quality: "uncertain", reason: "rate" });
    expect((await query({ fromMs: 0, toMs: START_MS + DAY_MS })).points).toHaveLength(1);
  });

  test.each([
    { days: 0.2, stepMs: 2_000, maxPoints: 1000, resolution: "raw" },
    { days: 10, stepMs: 20_000, maxPoints: 1000, resolution: "5m" },
    { days: 300, stepMs: 600_000, maxPoints: 1000, resolution: "1h" },
    { days: 300, stepMs: 600_000, maxPoints: 100, resolution: "1d" },
  ])("of $days days at $maxPoints points comes from $resolution, whole, and keeps every extreme", async (plan) => {
    const samples = wave((plan.days * DAY_MS) / plan.stepMs, plan.stepMs).map((s, n) =>
      n === 777 ? { ...s, value: 5_000 } : s,
    );
    await keep(samples);
    const span = { fromMs: START_MS, toMs: START_MS + plan.days * DAY_MS };
    const { resolution, points } = await query(span, plan.maxPoints);
    expect(resolution).toBe(plan.resolution);
    expect(points.length).toBeLessThanOrEqual(plan.maxPoints);
    expect(points.length).toBeGreaterThan(plan.maxPoints / 4);
    const { count, min, max } = statsByHand(samples, span);
    expect(totals(points)).toEqual({ count, min, max });
    const instants = points.map(({ at }) => Date.parse(at));
    expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
  });

  test("of any span and number of points loses and invents nothing", async () => {
    const samples = wave(3_000, 600_000);
    await keep(samples);
    const instant = fc.integer({ min: START_MS - 2 * DAY_MS, max: START_MS + 25 * DAY_MS });
    await fc.assert(
      fc.asyncProperty(instant, instant, fc.constantFrom(1, 2, 3, 10, 50, 100, 1000), async (a, b, maxPoints) => {
        const span = { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
        const { points } = await query(span, maxPoints);
        const { count, min, max } = statsByHand(samples, span);
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(totals(points)).toEqual({
          count,
          min: min ?? Number.POSITIVE_INFINITY,
          max: max ?? Number.NEGATIVE_INFINITY,
        });
        for (const { at } of points) expect(Date.parse(at)).toBeGreaterThanOrEqual(span.fromMs);
        for (const { at } of points) expect(Date.parse(at)).toBeLessThan(span.toMs);
      }),
      { numRuns: 60 },
    );
  });

  test("of everything since 1970 is drawn over what there is", async () => {
    const samples = wave(5_000, 60_000);
    await keep(samples);
    const { points } = await query({ fromMs: 0, toMs: Date.UTC(9999, 11, 31) }, 500);
    expect(points.length).toBeGreaterThan(100);
    expect(totals(points).count).toBe(5_000);
  });

  test("and statistics of no span a caller may write fail", async () => {
    await keep([
      { atMs: 0, value: 1 },
      { atMs: START_MS, value: 2 },
      { atMs: Date.UTC(9999, 11, 31, 23, 59, 59, 999), value: 3 },
    ]);
    const instant = fc.integer({ min: 0, max: Date.UTC(10_000, 0) - 1 });
    await fc.assert(
      fc.asyncProperty(instant, instant, fc.integer({ min: 1, max: 10_000 }), async (fromMs, toMs, maxPoints) => {
        await query({ fromMs, toMs }, maxPoints);
        await reader.stats(channelId, { fromMs, toMs });
      }),
      {
        numRuns: 60,
        examples: [
          [0, Date.UTC(10_000, 0) - 1, 1],
          [0, Date.UTC(10_000, 0) - 1, 3],
        ],
      },
    );
  });
});
