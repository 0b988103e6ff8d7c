import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OutputEventRecord } from "#main/storage/records.ts";
import { PgConfigurationRepository } from "#main/storage/repositories/configuration.ts";
import { PgOutputHistoryReader } from "#main/storage/repositories/output-history.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";
import { channel, configurationOf, controllerId, device } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

const channelId = channel(1).id;
const OTHER = channel(2).id;
const MIN_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 31, 22, 50, 7, 123);
const at = (minutes: number): number => START_MS + minutes * MIN_MS;
const iso = (minutes: number): string => new Date(at(minutes)).toISOString();

let db: TestDatabase;
let reader: PgOutputHistoryReader;
beforeAll(async () => {
  db = await startDatabase();
  reader = new PgOutputHistoryReader(db.database, controllerId);
  const channels = [channel(1), channel(2)];
  await new PgConfigurationRepository(db.database).save(controllerId, configurationOf([device(1)], channels));
});
beforeEach(() => queryAs(db.fresh.config, "truncate output_event"));
afterAll(() => db.stop());

async function keep(events: readonly (Partial<OutputEventRecord> & { readonly minute: number })[]): Promise<void> {
  const outputEvents = events.map(
    ({ minute, ...event }): OutputEventRecord => ({
      ...{ channelId, atMs: at(minute), kind: "commanded", levelPct: 0, owner: "loop" },
      ...{ reasonCode: "heating", reasonText: "Because.", by: null },
      ...event,
    }),
  );
  await new PgReadingStore(db.database, controllerId).append({ sequence: 1, readings: [], outputEvents });
}

const historyOf = (from: number, to: number, maxPoints = 100) =>
  reader.outputHistory({ channelId, span: { fromMs: at(from), toMs: at(to) }, maxPoints });

test("what it did before the span counts from the span's start, and the same level again is no change", async () => {
  await keep([
    { minute: -20, levelPct: 0 },
    { minute: -10, levelPct: 100 },
    { minute: 5, levelPct: 100, kind: "confirmed" },
    { minute: 10, levelPct: 0 },
    { minute: 12, levelPct: 55, channelId: OTHER },
    { minute: 15, levelPct: 0, kind: "owner" },
    { minute: 40, levelPct: 100 },
  ]);
  expect(await historyOf(0, 30)).toEqual({
    resolution: "each",
    spans: [
      { from: iso(0), to: iso(10), levelPct: 100 },
      { from: iso(10), to: iso(30), levelPct: 0 },
    ],
  });
});

test("a command that was not confirmed is an unknown level until one is", async () => {
  await keep([
    { minute: 0, levelPct: 100 },
    { minute: 1, levelPct: 100, kind: "confirm-failed", reasonCode: "not-confirmed" },
    { minute: 4, levelPct: 100, kind: "confirmed" },
    { minute: 6, levelPct: 0, kind: "confirm-failed", reasonCode: "taken-back" },
    { minute: 7, levelPct: 100, kind: "confirmed" },
  ]);
  const { spans } = await historyOf(-5, 10);
  expect(spans).toEqual([
    { from: iso(0), to: iso(1), levelPct: 100 },
    { from: iso(1), to: iso(4), levelPct: null },
    { from: iso(4), to: iso(6), levelPct: 100 },
    { from: iso(6), to: iso(7), levelPct: 0 },
    { from: iso(7), to: iso(10), levelPct: 100 },
  ]);
});

test("nothing recorded is nothing known", async () => {
  await keep([{ minute: 50, levelPct: 100 }]);
  expect(await historyOf(0, 30)).toEqual({ resolution: "each", spans: [] });
});

test("too many changes become cells whose mean, weighted by time, is the same", async () => {
  const changes = Array.from({ length: 1_000 }, (_, n) => ({
    minute: n * 1.7 + (n % 7) / 11,
    levelPct: (n * 37) % 101,
  }));
  await keep(changes);
  const exact = await historyOf(3, 1_500, 10_000);
  const cells = await historyOf(3, 1_500, 50);
  expect(exact.resolution).toBe("each");
  expect(cells.resolution).toBe("cells");
  expect(cells.spans).toHaveLength(50);
  expect(cells.spans[0]?.from).toBe(iso(3));
  expect(cells.spans.at(-1)?.to).toBe(iso(1_500));
  expect(meanOf(cells.spans)).toBeCloseTo(meanOf(exact.spans), 6);
});

function meanOf(
  spans: readonly { readonly from: string; readonly to: string; readonly levelPct: number | null }[],
) {
  let level = 0;
  let total = 0;
  for (const { from, to, levelPct } of spans) {
    const ms = Date.parse(to) - Date.parse(from);
    level += (levelPct ?? 0) * ms;
    total += ms;
  }
  return level / total;
}
