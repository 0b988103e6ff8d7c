import { expect, test } from "vitest";
import { bearableMl, doseCaps, scheduledMl } from "#domain/control/dose-caps.ts";

const dosing = {
  mlPerDay: 24,
  dosesPerDay: 24,
  dosesFrom: "00:00",
  dosesTo: "00:00",
  maxMlPerDose: null,
  maxMlPerHour: null,
  maxMlPerDay: null,
  alkalinityDkhPerMl: null,
};

test("what is scheduled is known by dose, by the fullest hour and by day", () => {
  expect(scheduledMl(dosing)).toEqual({ perDoseMl: 1, perHourMl: 2, perDayMl: 25 });
  expect(scheduledMl({ ...dosing, dosesPerDay: 2, dosesTo: "00:10" })).toEqual({
    perDoseMl: 12,
    perHourMl: 24,
    perDayMl: 36,
  });
  expect(scheduledMl({ ...dosing, dosesPerDay: 100 }).perHourMl).toBeCloseTo(0.24 * 5, 9);
});

test("caps are as they were set, else one and a half times what is scheduled", () => {
  expect(doseCaps(dosing)).toEqual({ perDoseMl: 1.5, perHourMl: 3, perDayMl: 36 });
  expect(doseCaps({ ...dosing, dosesPerDay: 1 }).perDayMl).toBe(48);
  const set = { ...dosing, maxMlPerDose: 2, maxMlPerHour: 3, maxMlPerDay: 30 };
  expect(doseCaps(set)).toEqual({ perDoseMl: 2, perHourMl: 3, perDayMl: 30 });
});

test("a day's cap is never above 2 dKH, whatever was set", () => {
  expect(bearableMl({ alkalinityDkhPerMl: null })).toBe(Number.POSITIVE_INFINITY);
  expect(doseCaps({ ...dosing, alkalinityDkhPerMl: 0.08 }).perDayMl).toBe(25);
  expect(doseCaps({ ...dosing, alkalinityDkhPerMl: 0.08, maxMlPerDay: 1_000 }).perDayMl).toBe(25);
});
