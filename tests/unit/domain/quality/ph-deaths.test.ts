import { expect, test } from "vitest";
import { PhDeaths } from "#domain/quality/ph-deaths.ts";

const MIN = 60_000;

/** Verdicts at a fixed interval: `alive`, `suspect`, or the reason of a dead one. */
function judged(intervalMs: number, values: readonly number[]) {
  const deaths = new PhDeaths();
  let lastGood: number | null = null;
  return values.map((ph, i) => {
    const verdict = deaths.judge(ph, i * intervalMs, lastGood);
    if (verdict === "alive") lastGood = ph;
    return verdict === "dead" ? deaths.reason(i * intervalMs) : verdict;
  });
}

test("two samples beyond what a tank can have are a death, one is a doubt", () => {
  expect(judged(10 * MIN, [8.1, 5.66, 5.58])).toEqual(["alive", "suspect", "implausible"]);
  expect(judged(10 * MIN, [8.1, 9.6, 9.6])).toEqual(["alive", "suspect", "implausible"]);
  expect(judged(10 * MIN, [8.1, 5.66, 8.1, 5.66, 8.1])).toEqual(["alive", "suspect", "alive", "suspect", "alive"]);
});

test("a fall of more than three in one sample is a death at once", () => {
  expect(judged(10 * MIN, [8.1, 5.09])).toEqual(["alive", "implausible"]);
  expect(judged(10 * MIN, [8.1, 5.11])).toEqual(["alive", "suspect"]);
});

test("a slow drift through 7.0 is no death", () => {
  const drift = Array.from({ length: 100 }, (_, i) => 7.3 - i * 0.005);
  expect(new Set(judged(10 * MIN, drift))).toEqual(new Set(["alive"]));
});

test("good again after thirty minutes and three samples inside, not before", () => {
  expect(judged(10 * MIN, [5, 5, 8, 8, 8, 8])).toEqual([
    "suspect",
    "implausible",
    "implausible",
    "implausible",
    "implausible",
    "alive",
  ]);
  expect(judged(30 * MIN, [5, 5, 8, 8, 8])).toEqual([
    "suspect",
    "implausible",
    "implausible",
    "implausible",
    "alive",
  ]);
});

test("a sample outside starts the way back anew", () => {
  expect(judged(20 * MIN, [5, 5, 8, 8, 5, 8, 8, 8]).slice(2)).toEqual([
    "implausible",
    "implausible",
    "implausible",
    "implausible",
    "implausible",
    "alive",
  ]);
});

test("steady in a buffer for up to thirty minutes is a calibration, for longer a dead probe", () => {
  expect(judged(10 * MIN, [8, 4.01, 4.02, 4, 4.03, 4.02])).toEqual([
    "alive",
    "calibration",
    "calibration",
    "calibration",
    "calibration",
    "dead",
  ]);
});

test("restless near a buffer is a dead probe", () => {
  expect(judged(5 * MIN, [8, 4.0, 4.06, 4.12])).toEqual(["alive", "calibration", "calibration", "dead"]);
});

test("a probe may settle in its buffer before its steadiness counts", () => {
  const settling = [4.19, 4.1, 4.05, 4.02, 4.01, 4.01, 4.01];
  expect(new Set(judged(15_000, [8, ...settling]).slice(1))).toEqual(new Set(["calibration"]));
});

test("from buffer to buffer it is still a calibration", () => {
  expect(judged(10 * MIN, [8, 4, 4, 7, 7, 10, 10])).toEqual([
    "alive",
    "calibration",
    "calibration",
    "calibration",
    "calibration",
    "calibration",
    "calibration",
  ]);
});
