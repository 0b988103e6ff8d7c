import { expect, test } from "vitest";
import { DutyHistory, type HourOfDuty, judgedDay, usualDutyAt } from "#domain/control/duty-history.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 0, 20, 12);

/** Samples every minute for so many hours. */
function watched(history: DutyHistory, fromMs: number, hours: number, isOnAt: (minute: number) => boolean) {
  for (let minute = 0; minute <= hours * 60; minute++) {
    const wallMs = fromMs + minute * 60_000;
    const hour = new Date(wallMs).getUTCHours();
    history.note({ isOn: isOnAt(minute), aboveRoomC: 3, monotonicMs: minute * 60_000, wallMs, hour });
  }
}

test("it books what a heater was on, hour by hour, on the monotonic scale", () => {
  const history = new DutyHistory();
  watched(history, NOW_MS, 2, (minute) => minute % 60 < 15);
  const [first, second] = history.hours();
  expect(first).toMatchObject({ atMs: NOW_MS, hour: 12, aboveRoomC: 3 });
  expect((first?.onS ?? 0) / (first?.coveredS ?? 1)).toBeCloseTo(0.25, 2);
  expect(second).toMatchObject({ atMs: NOW_MS + HOUR_MS, hour: 13 });
});

test("time nobody watched belongs to no hour, and a room that is not measured is not made up", () => {
  const history = new DutyHistory();
  const sample = { isOn: true, aboveRoomC: null, wallMs: NOW_MS, hour: 12 };
  history.note({ ...sample, monotonicMs: 0 });
  history.note({ ...sample, monotonicMs: 60_000 });
  history.skip();
  history.note({ ...sample, monotonicMs: 1_000_000 });
  history.note({ ...sample, monotonicMs: 1_060_000 });
  expect(history.hours()).toEqual([{ atMs: NOW_MS, hour: 12, onS: 120, coveredS: 120, aboveRoomC: null }]);
});

test("what was kept of before comes first, and after eight days it is gone", () => {
  const history = new DutyHistory();
  const old = { atMs: NOW_MS - 7 * DAY_MS, hour: 12, onS: 1, coveredS: 3_600, aboveRoomC: null };
  history.adopt([old]);
  watched(history, NOW_MS, 1, () => false);
  expect(history.hours()[0]).toEqual(old);
  watched(history, NOW_MS + 2 * DAY_MS, 1, () => false);
  expect(history.hours()).not.toContainEqual(old);
});

const hourOf = (atMs: number, duty: number, aboveRoomC: number | null = 3): HourOfDuty => ({
  atMs,
  hour: new Date(atMs).getUTCHours(),
  onS: duty * 3_600,
  coveredS: 3_600,
  aboveRoomC,
});
/** The last `days` days, hour by hour, the oldest first. */
const days = (count: number, dutyOf: (day: number) => number, aboveOf: (day: number) => number | null = () => 3) =>
  Array.from({ length: count * 24 }, (_, index) => {
    const atMs = NOW_MS - (count * 24 - index) * HOUR_MS;
    const day = Math.floor((NOW_MS - HOUR_MS - atMs) / DAY_MS);
    return hourOf(atMs, dutyOf(day), aboveOf(day));
  });

test("the usual duty of an hour is the median of that hour in seven days", () => {
  expect(usualDutyAt([], 12, NOW_MS)).toBeNull();
  const hours = [0.2, 0.3, 0.9].map((duty, day) => hourOf(NOW_MS - (day + 1) * DAY_MS, duty));
  expect(usualDutyAt(hours, 12, NOW_MS)).toBeCloseTo(0.3, 10);
  expect(usualDutyAt([...hours, hourOf(NOW_MS - 8 * DAY_MS, 1)], 12, NOW_MS)).toBeCloseTo(0.3, 10);
  expect(usualDutyAt([{ ...hourOf(NOW_MS, 1), coveredS: 60 }], 12, NOW_MS)).toBeNull();
});

const at = (perC: number | null) => ({ perC, wasExcessive: false });

test("a day of half as much work again, at the same difference to the room, is excessive", () => {
  expect(
    judgedDay(
      days(5, (day) => (day === 0 ? 0.44 : 0.3)),
      NOW_MS,
      at(null),
    )?.isExcessive,
  ).toBe(false);
  const judged = judgedDay(
    days(5, (day) => (day === 0 ? 0.46 : 0.3)),
    NOW_MS,
    at(null),
  );
  expect(judged).toMatchObject({ isExcessive: true });
  expect(judged?.usualFraction).toBeCloseTo(0.3, 10);
  expect(judged?.dutyFraction).toBeCloseTo(0.46, 10);
});

test("a cold snap is no excess: what the difference to the room asks for is usual", () => {
  const cold = days(
    5,
    (day) => (day === 0 ? 0.9 : 0.3),
    (day) => (day === 0 ? 9 : 3),
  );
  expect(judgedDay(cold, NOW_MS, at(null))?.isExcessive).toBe(false);
  // Pump heat makes the first degrees cheap, so the heater's own slope may excuse more than proportion does.
  const steep = days(
    5,
    (day) => (day === 0 ? 1 : 0.1),
    (day) => (day === 0 ? 10 : 3),
  );
  expect(judgedDay(steep, NOW_MS, at(0.126))).toMatchObject({ isExcessive: false });
  expect(judgedDay(steep, NOW_MS, at(null))).toMatchObject({ isExcessive: true });
});

test("a warm day lowers what is usual by the gentler slope, and a heater that hardly runs may double its work", () => {
  const warm = days(
    5,
    (day) => (day === 0 ? 0.3 : 0.3),
    (day) => (day === 0 ? 1 : 3),
  );
  expect(judgedDay(warm, NOW_MS, at(0.05))?.usualFraction).toBeCloseTo(0.2, 10);
  expect(judgedDay(warm, NOW_MS, at(0.2))?.usualFraction).toBeCloseTo(0.1, 10);
  expect(
    judgedDay(
      days(5, (day) => (day === 0 ? 0.04 : 0.01)),
      NOW_MS,
      at(null),
    )?.isExcessive,
  ).toBe(false);
  const below = days(
    5,
    () => 0.1,
    () => -1,
  );
  expect(judgedDay(below, NOW_MS, at(0.1))).toMatchObject({ isExcessive: false });
});

test("once it was too much, a day must come well down before it is usual again", () => {
  const judged = (duty: number) =>
    judgedDay(
      days(5, (day) => (day === 0 ? duty : 0.3)),
      NOW_MS,
      { perC: null, wasExcessive: true },
    );
  expect(judged(0.4)?.isExcessive).toBe(true);
  expect(judged(0.37)?.isExcessive).toBe(false);
});

test("fewer than three days, a day hardly seen, or a room that is not measured: no judgement", () => {
  expect(
    judgedDay(
      days(3, () => 0.3),
      NOW_MS,
      at(null),
    ),
  ).toBeNull();
  expect(
    judgedDay(
      days(4, () => 0.3),
      NOW_MS,
      at(null),
    ),
  ).not.toBeNull();
  expect(
    judgedDay(
      days(
        5,
        () => 0.3,
        () => null,
      ),
      NOW_MS,
      at(null),
    ),
  ).toBeNull();
  expect(judgedDay(days(5, () => 0.3).slice(0, -10), NOW_MS, at(null))).toBeNull();
});
