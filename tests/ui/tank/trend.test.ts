import { expect, test } from "vitest";
import { trendOf } from "../../../src-renderer/features/tank/trend.ts";

const STEP_MS = 12_000;

function line(count: number, valueAt: (at: number) => number | null) {
  return Array.from({ length: count }, (_, at) => ({ atMs: at * STEP_MS, value: valueAt(at) }));
}

test("a straight rise is told as it is", () => {
  const trend = trendOf(
    line(300, (at) => 25 + at * 0.001),
    "temperature",
  );
  expect(trend?.direction).toBe("rising");
  expect(trend?.change).toBeCloseTo(0.299, 6);
  expect(trend?.spanMs).toBe(299 * STEP_MS);
});

test("a fall is a fall, through gaps too", () => {
  const trend = trendOf(
    line(300, (at) => (at % 50 < 20 ? null : 8.3 - at * 0.001)),
    "ph",
  );
  expect(trend?.direction).toBe("falling");
  expect(trend?.change).toBeLessThan(-0.2);
});

test("what an ordinary probe's noise does is steady", () => {
  const trend = trendOf(
    line(300, (at) => 25.5 + 0.06 * Math.sin(at * 1.7)),
    "temperature",
  );
  expect(trend?.direction).toBe("steady");
});

test("a drift that is lost in the scatter is no direction", () => {
  const trend = trendOf(
    line(300, (at) => 25 + at * 0.001 + 2 * Math.sin(at * 1.7)),
    "temperature",
  );
  expect(trend?.direction).toBe("restless");
});

test("with too little behind it nothing is said", () => {
  expect(trendOf([], "ph")).toBeNull();
  expect(
    trendOf(
      line(40, (at) => 8 + at),
      "ph",
    ),
  ).toBeNull();
  expect(
    trendOf(
      line(300, (at) => (at % 50 === 0 ? 8 : null)),
      "ph",
    ),
  ).toBeNull();
});

test("a quantity without a band of its own is judged by its size", () => {
  const flow = (rise: number) =>
    trendOf(
      line(300, (at) => 2_000 + (at * rise) / 300),
      "flow",
    )?.direction;
  expect(flow(30)).toBe("steady");
  expect(flow(300)).toBe("rising");
});

test("what swings by more than it went anywhere is not called steady", () => {
  const trend = trendOf(
    line(300, (at) => (at % 40 < 20 ? 300 : 0)),
    "power",
  );
  expect(trend?.direction).toBe("restless");
});
