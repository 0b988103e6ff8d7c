import { expect, test } from "vitest";
import { dayLane, dayOf, shareOfDay } from "../../../src-renderer/features/tank/day-lane.ts";

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);

test("a day goes from midnight to midnight of the tank's zone, whatever the viewer's", () => {
  expect(dayOf(at("2026-06-01T01:00:00Z"), "America/New_York")).toEqual({
    fromMs: at("2026-05-31T04:00:00Z"),
    toMs: at("2026-06-01T04:00:00Z"),
  });
});

test.each([
  ["2026-03-29T12:00:00Z", 23],
  ["2026-10-25T12:00:00Z", 25],
  ["2026-06-01T12:00:00Z", 24],
])("the day of %s has %d hours in Berlin", (text, hours) => {
  const { fromMs, toMs } = dayOf(at(text), "Europe/Berlin");
  expect((toMs - fromMs) / HOUR_MS).toBe(hours);
});

const day = dayOf(at("2026-06-01T12:00:00Z"), "UTC");
const hour = (count: number): number => day.fromMs + count * HOUR_MS;
const span = (from: number, to: number, levelPct: number | null) => ({
  fromMs: hour(from),
  toMs: hour(to),
  levelPct,
});

test("the last span goes on as long as the output is heard of; nothing is drawn where nothing was recorded, nor in the future", () => {
  const { boxes, onMs } = dayLane([span(-3, 6, 100), span(6, 7, 0), span(9, 10, 40)], day, hour(12));
  expect(boxes.map(({ leftPct, widthPct, levelPct }) => [leftPct, widthPct, levelPct])).toEqual([
    [0, 25, 100],
    [25, expect.closeTo(100 / 24), 0],
    [37.5, 12.5, 40],
  ]);
  expect(onMs).toBe(9 * HOUR_MS);
});

test("what is unknown is no time off, and a day nobody knows of has no time on", () => {
  expect(dayLane([span(0, 4, null)], day, hour(4))).toMatchObject({ boxes: [{ levelPct: null }], onMs: null });
  expect(dayLane([span(0, 2, null), span(2, 4, 0)], day, hour(4)).onMs).toBe(0);
  expect(dayLane([], day, hour(4))).toEqual({ boxes: [], onMs: null });
});

test("yesterday's spans are not in it", () => {
  expect(dayLane([span(-5, -1, 100), span(-1, 1, 0)], day, hour(1)).onMs).toBe(0);
  expect(shareOfDay(hour(12), day)).toBe(50);
});
