import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberFromText, textFromNumber } from "../../../src-renderer/components/schema-form/number-text.ts";
import { clockTimeFrom } from "../../../src-renderer/features/control/form/clock-time.ts";
import { unitFor } from "../../../src-renderer/features/control/form/duration-unit.ts";
import {
  differenceIn,
  plainUnit,
  scaledUnit,
  shownRange,
} from "../../../src-renderer/features/control/form/shown-number.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

const FAHRENHEIT = displayUnitOf("temperature", "°C", { temperatureUnit: "F", salinityUnit: "ppt" });

describe("a number in the keeper's unit", () => {
  test("a typed set-point is stored in °C and shown again as it was typed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 896 }), (tenths) => {
        const typed = String(tenths / 10);
        expect(textFromNumber(numberFromText(typed, FAHRENHEIT, "en"), FAHRENHEIT, "en")).toBe(typed);
      }),
    );
  });

  test("a difference has no offset: 0.5 °C is 0.9 °F", () => {
    expect(textFromNumber(0.5, differenceIn(FAHRENHEIT), "en")).toBe("0.9");
    expect(numberFromText("0.9", differenceIn(FAHRENHEIT), "en")).toBe(0.5);
  });

  test("a range is told in the shown unit, rounded to what can be typed inside it", () => {
    expect(shownRange({ min: 10, max: 32 }, FAHRENHEIT)).toEqual({ min: 50, max: 89.6 });
    expect(shownRange({ min: 0.05, max: null }, differenceIn(FAHRENHEIT))).toEqual({ min: 0.09, max: null });
    expect(shownRange({ min: 1.0004, max: 1.9996 }, plainUnit("", 2))).toEqual({ min: 1.001, max: 1.999 });
  });
});

describe("a span of time", () => {
  test("is typed in the largest unit that makes it whole", () => {
    expect(unitFor(90, ["s", "min", "h"])).toBe("s");
    expect(unitFor(600, ["s", "min", "h"])).toBe("min");
    expect(unitFor(7_200, ["s", "min", "h"])).toBe("h");
    expect(unitFor(7_200, ["s", "min"])).toBe("min");
    expect(unitFor(0.5, ["s", "min"])).toBe("s");
  });

  test("one that is not said is asked for in minutes, where there are minutes", () => {
    expect(unitFor(null, ["s", "min"])).toBe("min");
    expect(unitFor(0, ["s"])).toBe("s");
    expect(unitFor(Number.NaN, [])).toBe("s");
  });

  test("survives being shown in minutes", () => {
    const minutes = scaledUnit("min", 60, 1);
    expect(textFromNumber(90, minutes, "en")).toBe("1.5");
    expect(numberFromText("1.5", minutes, "en")).toBe(90);
  });
});

test.each([
  ["21:30", "21:30"],
  ["21.30", "21:30"],
  ["2130", "21:30"],
  ["9", "09:00"],
  [" 7 05", "07:05"],
  ["25:00", "25:00"],
  ["9:75", "9:75"],
  ["noon", "noon"],
])("a time typed as %s is %s", (typed, time) => {
  expect(clockTimeFrom(typed)).toBe(time);
});
