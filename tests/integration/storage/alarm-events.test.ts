import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AlarmEvent } from "#contract/alarms.ts";
import { AlarmEventId, ControllerId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import { AlarmHistory } from "#main/alarms/alarm-history.ts";
import { newId } from "#main/platform/ids.ts";
import { PgAlarmEvents } from "#main/storage/repositories/alarm-events.ts";
import { alarmIdOf } from "#tests/builders/alarm.ts";
import { channelIdOf } from "#tests/builders/reading.ts";
import { controllerId } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 5, 1);

let db: TestDatabase;
let stored: PgAlarmEvents;
beforeAll(async () => {
  db = await startDatabase();
  stored = new PgAlarmEvents(db.database, controllerId);
});
beforeEach(() => queryAs(db.fresh.config, "truncate controller restart identity cascade"));
afterAll(() => db.stop());

function event(n: number, atMs: number, changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    id: AlarmEventId.parse(newId(atMs)),
    at: instantFrom(atMs),
    alarmId: alarmIdOf(n),
    name: `Alarm ${n}`,
    kind: "high",
    priority: n === 1 ? "critical" : "low",
    channelId: channelIdOf(n),
    transition: "raised",
    from: "normal",
    to: "unacknowledged",
    value: 27.25,
    unit: "°C",
    by: null,
    note: null,
    groupId: null,
    ...changes,
  };
}

test("events come back as they were, newest first, by alarm, priority, span and page; stored again they are once", async () => {
  const events = Array.from({ length: 10 }, (_, i) => event(1 + (i % 2), START_MS + i * 1_000));
  const worded = event(3, START_MS + 60_000, {
    value: null,
    channelId: null,
    by: "bella",
    note: "Known",
    groupId: events[0]?.id ?? null,
  });
  await stored.append([...events, worded]);
  await stored.append(events);
  const history = new AlarmHistory({ stored, undrained: () => [], standing: () => [], timeZone: () => "UTC" });
  const all = await history.events({ limit: 100 });
  expect(all).toEqual({ items: [worded, ...events.toReversed()], nextCursor: null });
  const first = await history.events({ limit: 4 });
  const second = await history.events({ limit: 100, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect((await history.events({ limit: 100, alarmId: alarmIdOf(2) })).items).toHaveLength(5);
  expect((await history.events({ limit: 100, priority: "critical" })).items).toHaveLength(5);
  const span = { fromMs: START_MS + 2_000, toMs: START_MS + 4_000 };
  expect((await history.events({ limit: 100, ...span })).items.map(({ at }) => at)).toEqual([
    instantFrom(START_MS + 3_000),
    instantFrom(START_MS + 2_000),
  ]);
  await expect(history.events({ limit: 1, cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
});

test("what is on its way to the database is among them, once", async () => {
  const [there, both, waiting] = [event(1, START_MS), event(1, START_MS + 1), event(2, START_MS + 2)];
  await stored.append([there, both]);
  const undrained = () => [both, waiting];
  const history = new AlarmHistory({ stored, undrained, standing: () => [], timeZone: () => "UTC" });
  expect((await history.events({ limit: 10 })).items).toEqual([waiting, both, there]);
  expect((await history.events({ limit: 10, priority: "low" })).items).toEqual([waiting]);
});

test("figures are made per day of the tank's own zone, and another controller's events are not among them", async () => {
  await stored.append([event(1, START_MS - 3_600_000), event(1, START_MS + 1), event(2, START_MS + 2)]);
  const other = new PgAlarmEvents(db.database, ControllerId.parse(newId(9)));
  await other.append([event(5, START_MS + 5)]);
  const standing = () => [{ alarmId: alarmIdOf(1), name: "Alarm 1", sinceMs: START_MS - 3 * DAY_MS }];
  const history = new AlarmHistory({ stored, undrained: () => [], standing, timeZone: () => "Pacific/Auckland" });
  const figures = await history.statistics({ fromMs: START_MS - DAY_MS, toMs: START_MS + DAY_MS });
  expect(figures).toMatchObject({
    raised: 3,
    byPriority: { critical: 2, low: 1 },
    standing: [{ name: "Alarm 1" }],
  });
  expect(figures.days.map(({ day }) => day)).toEqual(["2026-05-31", "2026-06-01", "2026-06-02"]);
  expect(figures.days.map(({ raised }) => raised)).toEqual([0, 3, 0]);
  await expect(history.statistics({ fromMs: 0, toMs: START_MS })).rejects.toMatchObject({ code: "invalid" });
});
