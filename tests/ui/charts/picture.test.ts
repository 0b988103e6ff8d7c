import { expect, test } from "vitest";
import { askedFor, endsBefore, endsOf, serves } from "../../../src-renderer/charts/asked-span.ts";
import { chartKeyOf } from "../../../src-renderer/charts/chart-keys.ts";
import { instantWords } from "../../../src-renderer/charts/instant-words.ts";
import { dutyPct, laneBoxes, laneLevelAt } from "../../../src-renderer/charts/lane-view.ts";
import { pictureOf, snapped } from "../../../src-renderer/charts/picture.ts";
import { readingAt, type Series, seriesFrom } from "../../../src-renderer/charts/series.ts";
import { summaryOf, tableRows } from "../../../src-renderer/charts/summary.ts";
import { labelledTicks } from "../../../src-renderer/charts/tick-labels.ts";
import { asSentence, tidy } from "../../../src-renderer/charts/tidy.ts";
import { lastOf, viewOf } from "../../../src-renderer/charts/view.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 5, 1);
const CELSIUS = displayUnitOf("temperature", "°C", { temperatureUnit: "C", salinityUnit: "ppt" });
const FAHRENHEIT = displayUnitOf("temperature", "°C", { temperatureUnit: "F", salinityUnit: "ppt" });

/** One reading a second, from the epoch, of these values; null: none. */
function readings(values: readonly (number | null)[]): Series {
  const points = values.flatMap((value, second) =>
    value === null
      ? []
      : [{ at: new Date(second * 1_000).toISOString(), min: value, max: value, mean: value, count: 1 }],
  );
  return seriesFrom({ resolution: "raw", points }, 1_000);
}
const line = (series: Series) => ({ id: "a", label: "A", color: 1, series, previous: null });
const extent = { fromMs: 0, toMs: 20_000 };

test("a gap breaks the line, and a lone reading between gaps is still drawn", () => {
  const gap = Array.from({ length: 8 }, () => null);
  const picture = pictureOf({
    lines: [line(readings([25, 26, ...gap, 27, ...gap, 28, 29]))],
    display: CELSIUS,
    extent,
    limits: null,
    isWithLimits: true,
  });
  const ys = picture.lines[0]?.points.map(({ y }) => y);
  expect(ys).toEqual([25, 26, Number.NaN, 27, 27, Number.NaN, 28, 29]);
});

test("the axis is in the keeper's unit, reaches the limits when asked, and never blows noise up", () => {
  const parts = {
    lines: [line(readings([25, 25.01]))],
    display: FAHRENHEIT,
    extent,
    limits: { min: 20, max: 30 },
  };
  const wide = pictureOf({ ...parts, isWithLimits: true });
  expect(wide.limits).toEqual([68, 86]);
  expect(wide.lowest).toBeLessThan(68);
  expect(wide.highest).toBeGreaterThan(86);
  const close = pictureOf({ ...parts, isWithLimits: false });
  expect(close.highest - close.lowest).toBeGreaterThan(1);
  expect(close.highest - close.lowest).toBeLessThan(2);
  const empty = pictureOf({ lines: [], display: CELSIUS, extent, limits: null, isWithLimits: false });
  expect(empty).toMatchObject({ lowest: 0, highest: 1 });
});

test("the cursor snaps to a reading, and says nothing in a gap", () => {
  const series = readings([1, 2, 3, null, null, null, null, null, null, 10]);
  expect(snapped([line(series)], 1_400)).toBe(1_000);
  expect(readingAt(series, 5_500)).toBeNull();
  expect(snapped([line(series)], 5_500)).toBe(5_500);
  expect(readingAt(series, 2_100)?.mean).toBe(3);
  expect(readingAt(series, 60_000)).toBeNull();
  expect(readingAt(readings([]), 0)).toBeNull();
});

test("readings that came slowly speak for all the time between them", () => {
  const slow = readings(Array.from({ length: 300 }, (_, n) => (n % 60 === 0 ? n : null)));
  expect(readingAt(slow, 100_000)?.mean).toBe(120);
});

test("a summary counts every reading once, names its gaps, and how long it was outside", () => {
  const series = readings([24, 26, 28, null, null, null, null, null, 30, 24]);
  expect(summaryOf(series, extent, { min: 25, max: 27 })).toEqual({
    min: 24,
    max: 30,
    mean: 26.4,
    change: 0,
    gapCount: 1,
    longestGapMs: 6_000,
    outsideMs: 4_000,
  });
  expect(summaryOf(series, extent, null)?.outsideMs).toBeNull();
  expect(summaryOf(readings([]), extent, null)).toBeNull();
});

test("a table has a row for each part that was read, and none for the others", () => {
  const rows = tableRows(readings([1, 3, null, null, null, null, 7, 9]), { fromMs: 0, toMs: 8_000 }, 4);
  expect(rows).toEqual([
    { atMs: 0, min: 1, mean: 2, max: 3 },
    { atMs: 6_000, min: 7, mean: 8, max: 9 },
  ]);
});

test("a lane shows what is on, goes on to now while it follows it, and knows what it does not know", () => {
  const spans = [
    { fromMs: 0, toMs: 4_000, levelPct: 100 },
    { fromMs: 4_000, toMs: 8_000, levelPct: 0 },
    { fromMs: 8_000, toMs: 10_000, levelPct: null },
    { fromMs: 10_000, toMs: 12_000, levelPct: 50 },
  ];
  expect(laneBoxes(spans, extent, true)).toEqual([
    { key: 0, leftPct: 0, widthPct: 20, levelPct: 100 },
    { key: 8_000, leftPct: 40, widthPct: 10, levelPct: null },
    { key: 10_000, leftPct: 50, widthPct: 50, levelPct: 50 },
  ]);
  expect(laneBoxes(spans, extent, false).at(-1)).toMatchObject({ widthPct: 10 });
  expect(dutyPct(spans, extent, false)).toBe(50);
  expect(dutyPct([], extent, false)).toBeNull();
  expect(laneLevelAt(spans, 5_000)).toBe(0);
  expect(laneLevelAt(spans, 9_000)).toBeNull();
  expect(laneLevelAt(spans, -1)).toBeUndefined();
});

test("a small move asks for nothing new; a closer look asks for finer points", () => {
  const view = viewOf({ fromMs: NOW_MS - 48 * HOUR_MS, toMs: NOW_MS - 24 * HOUR_MS }, NOW_MS);
  const asked = askedFor(view, NOW_MS);
  const moved = viewOf({ fromMs: NOW_MS - 50 * HOUR_MS, toMs: NOW_MS - 26 * HOUR_MS }, NOW_MS);
  const closer = viewOf({ fromMs: NOW_MS - 40 * HOUR_MS, toMs: NOW_MS - 30 * HOUR_MS }, NOW_MS);
  expect(serves(asked, view, NOW_MS)).toBe(true);
  expect(serves(asked, moved, NOW_MS)).toBe(true);
  expect(serves(asked, closer, NOW_MS)).toBe(false);
  expect(serves(asked, lastOf("24h"), NOW_MS)).toBe(false);
  const live = askedFor(lastOf("1h"), NOW_MS);
  expect(serves(live, lastOf("1h"), NOW_MS + 60_000)).toBe(true);
  expect(endsOf(live, NOW_MS)).toEqual({ fromMs: NOW_MS - HOUR_MS, toMs: null });
  expect(endsBefore(live, NOW_MS).fromMs).toBe(NOW_MS - 2 * HOUR_MS);
});

test("keys move the cursor, the chart and the zoom; others are left to the page", () => {
  const press = (key: string, more: object = {}) =>
    chartKeyOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
  expect(press("ArrowLeft")).toEqual({ act: "step", by: -1 });
  expect(press("ArrowLeft", { shiftKey: true })).toMatchObject({ act: "pan" });
  expect(press("+")).toMatchObject({ act: "zoom", factor: 2 });
  expect(press("+", { shiftKey: true })).toMatchObject({ act: "zoom" });
  expect(press("-")).toMatchObject({ act: "zoom", factor: 0.5 });
  expect(press("+", { ctrlKey: true })).toBeNull();
  expect(press("Tab")).toBeNull();
});

test("ticks and instants are worded in the tank's zone and the user's language", () => {
  const words = { language: "de", timeZone: "Europe/Berlin" };
  const day = { fromMs: Date.UTC(2026, 5, 1, 10), toMs: Date.UTC(2026, 5, 2, 10) };
  const ticks = labelledTicks(day, 8, words);
  expect(ticks.map(({ label }) => label)).toEqual([
    "12:00",
    "15:00",
    "18:00",
    "21:00",
    "2. Juni",
    "3:00",
    "6:00",
    "9:00",
    "12:00",
  ]);
  expect(ticks.filter(({ isMajor }) => isMajor)).toHaveLength(1);
  const year = labelledTicks({ fromMs: Date.UTC(2025, 5, 1), toMs: Date.UTC(2026, 5, 1) }, 13, words);
  expect(year.map(({ label }) => label)).toContain("2026");
  expect(instantWords(day.fromMs, day, words)).toContain("12:00");
  expect(instantWords(day.fromMs, { fromMs: 0, toMs: NOW_MS }, words)).toContain("2026");
  expect([asSentence("It is away"), asSentence("It is away.")]).toEqual(["It is away.", "It is away."]);
  expect(tidy("vor 3 Std.. Gut.")).toBe("vor 3 Std. Gut.");
});
