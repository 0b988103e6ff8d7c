import { expect, test } from "vitest";
import { type MomentResult, type ReferenceResult, scenarioResult } from "#main/simulate-cli/result.ts";
import { tableOf } from "#main/simulate-cli/table.ts";

const EXTREMES = { minC: 25, maxC: 26, minPpt: 34, maxPpt: 35, overflowL: 0, maxDkhPerDay: 1, returnAbsentS: 0 };
const reference = (changes: Partial<ReferenceResult> = {}): ReferenceResult => ({
  name: "held",
  survived: true,
  ...EXTREMES,
  notes: "",
  ...changes,
});
const moment = (changes: Partial<MomentResult> = {}): MomentResult => ({
  moment: "day",
  survived: true,
  ...EXTREMES,
  alarmAfterS: null,
  safeStateAfterS: null,
  notes: "",
  references: [],
  ...changes,
});

test("a fault is as bad as its worst moment", () => {
  const moments = [
    moment({ minC: 22, alarmAfterS: 30, safeStateAfterS: 4, references: [reference()] }),
    moment({ moment: "night", survived: false, maxC: 33, overflowL: 2, alarmAfterS: 90, notes: "above 32 °C" }),
  ];
  expect(scenarioResult("leak", moments)).toMatchObject({
    fault: "leak",
    survived: false,
    minC: 22,
    maxC: 33,
    overflowL: 2,
    alarmAfterS: 90,
    safeStateAfterS: 4,
    notes: "above 32 °C",
    moments,
  });
});

test("what was told in no moment is null, and what was said twice is noted once", () => {
  const twice = [moment({ notes: "a; b" }), moment({ moment: "night", notes: "b" })];
  expect(scenarioResult("leak", twice)).toMatchObject({ alarmAfterS: null, safeStateAfterS: null, notes: "a; b" });
});

test("each reference is as bad as its own worst moment", () => {
  const [first, second] = [
    moment({ references: [reference({ maxC: 31 })] }),
    moment({ references: [reference({ survived: false, maxC: 34, notes: "above 32 °C" })] }),
  ];
  expect(scenarioResult("leak", [first, second]).references).toEqual([
    reference({ survived: false, maxC: 34, notes: "above 32 °C" }),
  ]);
});

test("the table has a line for every moment under its head", () => {
  const lines = tableOf([
    scenarioResult("leak", [moment({ references: [reference()] }), moment({ moment: "night", survived: false })]),
  ]).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^fault +moment +tank/);
  expect(lines[1]).toMatch(/^leak +day +lives +25\.0-26\.0/);
  expect(lines[2]).toMatch(/^leak +night +LOST/);
});
