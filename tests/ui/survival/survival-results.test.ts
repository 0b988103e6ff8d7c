import { expect, test } from "vitest";
import { reportsFrom } from "../../../src-renderer/features/survival/survival-results.ts";

const extremes = {
  minC: 24.9,
  maxC: 26.1,
  minPpt: 34,
  maxPpt: 36,
  overflowL: 0,
  maxDkhPerDay: 0.6,
  returnAbsentS: 0,
};
const report = {
  days: 1,
  seed: 1,
  scenarios: [
    {
      fault: "heater-relay-stuck-on",
      survived: true,
      ...extremes,
      alarmAfterS: 12,
      safeStateAfterS: null,
      notes: "",
      references: [{ name: "held value", survived: false, notes: "above 32 °C", ...extremes }],
      moments: [{ moment: "at noon" }],
    },
  ],
  survivedAll: true,
  wallS: 3,
};

test("what simulate prints is read, one document or one for each seed", () => {
  expect(reportsFrom(report)).toHaveLength(1);
  expect(reportsFrom([report, { ...report, seed: 2 }]).map(({ seed }) => seed)).toEqual([1, 2]);
  expect(reportsFrom(report)[0]?.scenarios[0]).toMatchObject({ fault: "heater-relay-stuck-on", alarmAfterS: 12 });
});

test("anything else is refused, not shown", () => {
  expect(() => reportsFrom({ days: 1 })).toThrow();
  expect(() => reportsFrom([])).toThrow();
});
