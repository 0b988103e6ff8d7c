import fc from "fast-check";
import { expect, test } from "vitest";
import type { AlarmTransitionKind } from "#contract/alarms.ts";
import { statisticsOf } from "#domain/alarms/statistics.ts";
import { alarmIdOf } from "#tests/builders/alarm.ts";

const DAY_MS = 86_400_000;
const span = { fromMs: 0, toMs: 2 * DAY_MS, days: ["1970-01-01", "1970-01-02"] };
const event = (n: number, atS: number, transition: AlarmTransitionKind = "raised") => ({
  atMs: atS * 1_000,
  alarmId: alarmIdOf(n),
  name: `Alarm ${n}`,
  priority: n === 1 ? ("critical" as const) : ("low" as const),
  transition,
  day: atS < 86_400 ? "1970-01-01" : "1970-01-02",
});

test("nothing happened: every figure is nought, every day is there", () => {
  expect(statisticsOf([], [], span)).toMatchObject({
    raised: 0,
    perDay: 0,
    floods: [],
    medianAcknowledgeS: null,
    days: [
      { day: "1970-01-01", raised: 0 },
      { day: "1970-01-02", raised: 0 },
    ],
  });
});

test("per day, by priority, what stands for long, what chatters, how soon people come", () => {
  const events = [
    event(1, 0),
    event(1, 30, "acknowledged"),
    event(2, 100),
    event(2, 120),
    event(2, 140),
    event(2, 200, "acknowledged"),
    event(2, 300, "acknowledged"),
    event(3, 90_000),
  ];
  const standing = [
    { alarmId: alarmIdOf(3), name: "Alarm 3", sinceMs: 90_000_000 },
    { alarmId: alarmIdOf(4), name: "Alarm 4", sinceMs: 0 },
  ];
  const figures = statisticsOf(events, standing, span);
  expect(figures).toMatchObject({
    raised: 5,
    perDay: 2.5,
    byPriority: { critical: 1, high: 0, medium: 0, low: 4 },
    standing: [{ name: "Alarm 4" }],
    chattering: [{ name: "Alarm 2", raised: 3 }],
    medianAcknowledgeS: 30,
    most: [{ name: "Alarm 2", raised: 3 }, { raised: 1 }, { raised: 1 }],
    days: [
      { day: "1970-01-01", raised: 4 },
      { day: "1970-01-02", raised: 1 },
    ],
  });
});

test("more than ten in ten minutes are a flood, however long it lasts; ten are none", () => {
  const flood = Array.from({ length: 25 }, (_, i) => event(i + 1, i * 50));
  expect(statisticsOf(flood, [], span).floods).toMatchObject([{ raised: 25, from: "1970-01-01T00:00:00.000Z" }]);
  expect(statisticsOf(flood.slice(0, 10), [], span).floods).toEqual([]);
  const again = [...flood, ...flood.map((one) => ({ ...one, atMs: one.atMs + DAY_MS }))];
  expect(statisticsOf(again, [], span).floods).toHaveLength(2);
});

/** The flood's definition word for word, looking at every event for every event. */
function floodsWordForWord(atMs: readonly number[]): { from: string; to: string; raised: number }[] {
  const floods: { first: number; last: number }[] = [];
  atMs.forEach((fromMs, first) => {
    const last = atMs.findLastIndex((otherMs) => otherMs < fromMs + 600_000);
    if (last - first < 10) return;
    const before = floods.at(-1);
    if (before !== undefined && fromMs <= (atMs[before.last] ?? 0)) before.last = last;
    else floods.push({ first, last });
  });
  const instant = (i: number) => new Date(atMs[i] ?? 0).toISOString();
  return floods.map(({ first, last }) => ({ from: instant(first), to: instant(last), raised: last - first + 1 }));
}

test("floods, chatter and days are those of the definitions, whatever was raised when", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 130 })), { maxLength: 80 }),
      (raised) => {
        let atS = 86_400 - 1_200;
        const events = raised.map(([n, afterS]) => {
          atS += afterS;
          return event(n, atS);
        });
        const figures = statisticsOf(events, [], span);
        expect(figures.floods).toEqual(floodsWordForWord(events.map(({ atMs }) => atMs)));
        for (const { day, raised: count } of figures.days)
          expect(count).toBe(events.filter((one) => one.day === day).length);
        const chatters = [1, 2, 3].filter((n) => {
          const its = events.filter(({ alarmId }) => alarmId === alarmIdOf(n)).map(({ atMs }) => atMs);
          return its.some((atMs, i) => i + 2 < its.length && (its[i + 2] ?? 0) - atMs <= 60_000);
        });
        expect(figures.chattering.map(({ name }) => name).toSorted()).toEqual(chatters.map((n) => `Alarm ${n}`));
      },
    ),
  );
});

test("a storm of fifty thousand is counted whole", () => {
  const storm = Array.from({ length: 50_000 }, (_, i) => event((i % 300) + 1, i * 3));
  const figures = statisticsOf(storm, [], span);
  expect(figures.floods).toMatchObject([{ raised: 50_000 }]);
  expect(figures.days.map(({ raised }) => raised)).toEqual([28_800, 21_200]);
});
