import { expect, test } from "vitest";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { qualityRulesFor, staleAfterMs } from "#domain/quality/quality-rules.ts";
import { type Measured, RateRule } from "#domain/quality/rate-rule.ts";

const S = 1_000;
const MIN = 60 * S;
const WATER = { step: 0.5, perMin: 1 };

function at(atMs: number, value: number): Measured {
  return { raw: value, value, atMs };
}

/** Feeds a rule as the validator does; answers with what was held back. */
function feed(
  rule: RateRule,
  samples: Iterable<readonly [atMs: number, value: number]>,
  peer: number | null = null,
) {
  const jumps: number[] = [];
  for (const [atMs, value] of samples) {
    const now = at(atMs, value);
    if (rule.isJump(now, peer)) jumps.push(atMs);
    else rule.keep(now);
  }
  return jumps;
}

/** One sample a second from `fromS` on, `valueAt` seconds after it. */
function* everySecond(fromS: number, lengthS: number, valueAt: (s: number) => number) {
  for (let s = 0; s < lengthS; s++) yield [(fromS + s) * S, valueAt(s)] as const;
}

test("water may move by half a degree at once and by a degree a minute over longer", () => {
  expect(
    feed(new RateRule(WATER), [
      [0, 25.2],
      [S, 25.7],
    ]),
  ).toEqual([]);
  expect(
    feed(new RateRule(WATER), [
      [0, 25.2],
      [S, 25.8],
    ]),
  ).toEqual([S]);
  expect(
    feed(new RateRule(WATER), [
      [0, 25],
      [10 * MIN, 34.9],
    ]),
  ).toEqual([]);
  expect(
    feed(new RateRule(WATER), [
      [0, 25],
      [10 * MIN, 35.1],
    ]),
  ).toEqual([10 * MIN]);
});

test("a probe's noise and resolution at one second are no rate", () => {
  const noise = everySecond(0, 3_600, (s) => 25 + (s % 3) * 0.0625 + s / 3_600);
  expect(feed(new RateRule(WATER), noise)).toEqual([]);
});

test("a probe that slides out of the water is caught though no two neighbours differ much", () => {
  const rule = new RateRule(WATER);
  feed(
    rule,
    everySecond(0, 120, () => 25),
  );
  const jumps = feed(
    rule,
    everySecond(120, 300, (s) => 21 + 4 * Math.exp(-s / 60)),
  );
  expect(jumps[0]).toBeLessThanOrEqual(130 * S);
  expect(jumps.at(-1)).toBe(419 * S);
});

test("waiting makes no jump acceptable: a probe in the air is doubted for ten minutes", () => {
  const rule = new RateRule(WATER);
  feed(rule, [[0, 25]]);
  expect(
    feed(
      rule,
      everySecond(1, 700, () => 21),
    ),
  ).toHaveLength(600);
});

test("a level is believed after the longer of ten minutes and three samples", () => {
  const slow = new RateRule({ step: 0.5, perMin: 0.01 });
  expect(
    feed(slow, [
      [0, 25],
      [10 * MIN, 22],
      [20 * MIN, 22],
      [30 * MIN, 22.1],
      [40 * MIN, 22],
    ]),
  ).toEqual([10 * MIN, 20 * MIN]);
});

test("a value that wanders agrees on nothing", () => {
  const rule = new RateRule(WATER);
  feed(rule, [[0, 25]]);
  expect(
    feed(
      rule,
      everySecond(1, 1_200, (s) => 12 + 5 * (s / 600)),
    ),
  ).toHaveLength(1_200);
});

test("back at the old level, it is believed at once", () => {
  const rule = new RateRule(WATER);
  feed(rule, [[0, 25]]);
  expect(
    feed(rule, [
      [S, 21],
      [2 * S, 21],
      [400 * S, 24.8],
      [401 * S, 25],
    ]),
  ).toEqual([S, 2 * S]);
});

test("a sample that cannot be starts the agreement anew", () => {
  const rule = new RateRule(WATER);
  rule.interrupt();
  feed(rule, [[0, 25]]);
  feed(
    rule,
    everySecond(1, 590, () => 21),
  );
  rule.interrupt();
  expect(
    feed(
      rule,
      everySecond(591, 700, () => 21),
    ),
  ).toHaveLength(600);
});

test("the second probe decides by agreeing, not by being there", () => {
  const rule = new RateRule(WATER);
  feed(rule, [[0, 25]]);
  expect(feed(rule, [[S, 22]], 25)).toEqual([S]);
  expect(
    feed(
      rule,
      [
        [2 * S, 22],
        [3 * S, 22],
      ],
      22.5,
    ),
  ).toEqual([]);
});

test("an operator's word takes the level the probe stands at, measured in today's calibration", () => {
  const rule = new RateRule(WATER);
  expect(rule.accept()).toBeNull();
  feed(rule, [
    [0, 25],
    [S, 22],
  ]);
  rule.recalibrate(calibratorFor({ offset: 1 }));
  expect(rule.accept()).toBeNull();
  feed(rule, [[2 * S, 23]]);
  expect(rule.accept()).toEqual({ raw: 23, value: 23, atMs: 2 * S });
  expect(feed(rule, [[3 * S, 23.2]])).toEqual([]);
});

test("once released, elapsed time counts again", () => {
  const rule = new RateRule(WATER);
  feed(rule, [
    [0, 25],
    [S, 22],
  ]);
  rule.release();
  expect(feed(rule, [[5 * MIN, 22]])).toEqual([]);
});

test("only what the tank's physics bounds has a rate rule", () => {
  expect(qualityRulesFor("temperature", "display").rate).not.toBeNull();
  expect(qualityRulesFor("ph", "sump").rate).toEqual({ step: 0.5, perMin: 0.5 });
  expect(qualityRulesFor("generic", "generic").rate).toBeNull();
  expect(qualityRulesFor("temperature", "room").rate).toBeNull();
});

test("a channel is stale after three intervals, at least 90 s, level and leak 30 s", () => {
  expect(staleAfterMs("temperature", 1)).toBe(90 * S);
  expect(staleAfterMs("temperature", 60)).toBe(180 * S);
  expect(staleAfterMs("level", 1)).toBe(30 * S);
  expect(staleAfterMs("leak", 20)).toBe(60 * S);
});
