import fc from "fast-check";
import { expect, test } from "vitest";
import type { ControlInput } from "#domain/control/control-input.ts";
import {
  decideTopOff,
  fillWords,
  TOP_OFF_AT_REST,
  type TopOffDecision,
  type TopOffMemory,
  type TopOffView,
} from "#domain/control/top-off.ts";
import { topOffWarnings } from "#domain/control/top-off-warnings.ts";

const HOUR = 3_600_000;
const FLOAT = { fillBelow: 0.5, fillUntil: 0.5, onDelayMs: 10_000, offDelayMs: 5_000 };
const GAUGE = { ...FLOAT, fillBelow: 65, fillUntil: 66.5 };
const says = (value: number): ControlInput => ({ isUsable: true, value });
const BAD: ControlInput = { isUsable: false, problem: "is bad (comm)" };
const CALM: TopOffView = {
  level: says(1),
  high: null,
  reservoir: null,
  leaks: [],
  returnOnForMs: null,
  mode: null,
  upForMs: HOUR,
  atMs: 0,
};

/** Decides once a second on these levels; hands back what it did each time. */
function overSeconds(levels: readonly number[], settings = FLOAT, view: Partial<TopOffView> = {}) {
  let memory: TopOffMemory = TOP_OFF_AT_REST;
  return levels.map((level, second): TopOffDecision => {
    const decision = decideTopOff(
      settings,
      { ...CALM, ...view, level: says(level), atMs: second * 1_000 },
      memory,
    );
    memory = decision.memory;
    return decision;
  });
}
const seconds = (count: number, value: number) => Array.from({ length: count }, () => value);
const statesOf = (decisions: readonly TopOffDecision[]) => decisions.map(({ state }) => state);
const LOW_FOR_LONG = { ...TOP_OFF_AT_REST, isWanted: true, lowSinceMs: 0 };
const low = (view: Partial<TopOffView>) => decideTopOff(FLOAT, { ...CALM, level: says(0), ...view }, LOW_FOR_LONG);

test("a float that hangs dry for 10 s starts the pump, and one that swims for 5 s stops it", () => {
  const decisions = overSeconds([...seconds(11, 0), ...seconds(6, 1), 1]);
  expect(statesOf(decisions.slice(0, 10))).toEqual(Array(10).fill("idle"));
  expect(statesOf(decisions.slice(10, 16))).toEqual(Array(6).fill("filling"));
  expect(statesOf(decisions.slice(16))).toEqual(["idle", "idle"]);
  expect(decisions[10]).toMatchObject({ text: "Filling until its float is wet.", code: "filling" });
  expect(decisions.at(-1)?.text).toBe("Its float is wet: it fills once it stays dry for 10 s.");
});

test("the level is asked every second from the first low reading on", () => {
  const decisions = overSeconds([1, 0, 0, 1]);
  expect(decisions.map(({ needsHurry }) => needsHurry)).toEqual([false, true, true, false]);
});

test("a sensor in % fills the whole band, and what lies between does neither", () => {
  const decisions = overSeconds([...seconds(11, 64.9), ...seconds(60, 65.8), ...seconds(7, 66.5)], GAUGE);
  expect(decisions[10]?.state).toBe("filling");
  expect(decisions[70]?.state).toBe("filling");
  expect(decisions.at(-1)?.state).toBe("idle");
  expect(statesOf(overSeconds(seconds(60, 65.8), GAUGE))).toEqual(Array(60).fill("idle"));
});

test("waves of 2 to 5 mm make neither kind of sensor chatter: some switches an hour, by the band or the delays alone", () => {
  const wave = fc.double({ min: -1, max: 1, noNaN: true });
  const start = fc.double({ min: 63, max: 68, noNaN: true });
  const run = (
    settings: typeof FLOAT,
    levelOf: (pct: number) => number,
    [startPct, waves]: [number, number[]],
  ) => {
    // 5 mm of 450 mm; 20 mL/s into 120 L rise by 1 % a minute, and 10 L a day fall by 0.35 % an hour.
    let [memory, pct, switches]: [TopOffMemory, number, number] = [TOP_OFF_AT_REST, startPct, 0];
    for (let s = 0; s < 3_600; s++) {
      const level = says(levelOf(pct + 1.1 * (waves[s % waves.length] ?? 0)));
      const decision = decideTopOff(settings, { ...CALM, level, atMs: s * 1_000 }, memory);
      if (decision.memory.isFilling !== memory.isFilling) switches += 1;
      memory = decision.memory;
      pct += memory.isFilling ? 1 / 60 : -0.35 / 3_600;
    }
    return switches;
  };
  const waves = fc.array(wave, { minLength: 97, maxLength: 97 });
  fc.assert(
    fc.property(start, waves, (startPct, heights) => {
      expect(run(GAUGE, (pct) => pct, [startPct, heights])).toBeLessThanOrEqual(3);
      expect(run(FLOAT, (pct) => (pct >= 66 ? 1 : 0), [startPct, heights])).toBeLessThanOrEqual(10);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ["its level sensor", { level: BAD }, "sensor-not-good", "Off: its level sensor is bad (comm)."],
  ["its high sensor", { high: BAD }, "high-sensor-not-good", "Off: its high level sensor is bad (comm)."],
  ["a leak sensor", { leaks: [says(0), BAD] }, "leak-sensor-not-good", "Off: a leak sensor is bad (comm)."],
  [
    "a wet high sensor",
    { high: says(1) },
    "high-level-wet",
    "Off: the high level sensor is wet; look for what fills the sump.",
  ],
  ["a wet leak sensor", { leaks: [says(1)] }, "leak", "Off: a leak sensor is wet."],
])("%s stops it at once, and it begins anew afterwards", (_, view, code, text) => {
  const filling = { ...LOW_FOR_LONG, isFilling: true };
  const decision = decideTopOff(FLOAT, { ...CALM, level: says(0), ...view }, filling);
  expect(decision).toMatchObject({ state: "blocked", code, text, isUrgent: true, memory: TOP_OFF_AT_REST });
  expect(topOffWarnings(decision, null)).toMatchObject([{ code }]);
});

test("dry high and leak sensors are no reason", () => {
  expect(low({ high: says(0), leaks: [says(0)] }).state).toBe("filling");
});

test.each([
  ["a mode moves the water", { mode: "feed" }, "mode", null],
  ["the program has just started", { upForMs: 4 * 60_000 }, "hold-off", 6 * 60_000],
  ["the return pump is off", { returnOnForMs: "unknown" as const }, "return-off", null],
  ["the return pump has just come on", { returnOnForMs: 20_000 }, "return-settling", 40_000],
  ["the reservoir is empty", { reservoir: { isEmpty: true } }, "reservoir-empty", null],
  ["the reservoir is not seen", { reservoir: { problem: "is bad (comm)" } }, "reservoir-not-good", null],
])("it waits while %s, and fills as soon as that is over", (_, view, code, nextInMs) => {
  const decision = low(view);
  expect(decision).toMatchObject({ state: "waiting", code, nextInMs, isUrgent: true });
  expect(decision.memory.isWanted).toBe(true);
  expect(decideTopOff(FLOAT, { ...CALM, level: says(0) }, decision.memory).state).toBe("filling");
});

test("a return pump that runs for a minute, and a reservoir with water, are as they should be", () => {
  expect(low({ returnOnForMs: 60_000, reservoir: { isEmpty: false } }).state).toBe("filling");
});

test("an empty reservoir is told before the sump is low", () => {
  const idle = decideTopOff(FLOAT, { ...CALM, reservoir: { isEmpty: true } }, TOP_OFF_AT_REST);
  expect(topOffWarnings(idle, { isEmpty: true })).toMatchObject([{ code: "reservoir-empty", priority: "high" }]);
  expect(topOffWarnings(idle, { problem: "is bad (comm)" })).toMatchObject([{ code: "reservoir-not-good" }]);
  expect(topOffWarnings(idle, { isEmpty: false })).toEqual([]);
});

test("a float is spoken of as wet or dry, a gauge in %", () => {
  expect(fillWords(FLOAT)).toEqual({
    begins: "It fills when its float is dry.",
    ends: "It stops when its float is wet.",
  });
  expect(fillWords(GAUGE)).toEqual({ begins: "It fills below 65 %.", ends: "It stops at 66.5 %." });
});
