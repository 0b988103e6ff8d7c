import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayUnitOf, fromShown, toShown } from "../../../src-renderer/i18n/units.ts";

const METRIC = { temperatureUnit: "C", salinityUnit: "ppt" } as const;
const AMERICAN = { temperatureUnit: "F", salinityUnit: "sg" } as const;

describe("a stored value as the keeper wants to see it", () => {
  test.each([
    [25.5, 77.9],
    [0, 32],
    [-40, -40],
  ])("%s °C is %s °F", (celsius, fahrenheit) => {
    expect(toShown(celsius, displayUnitOf("temperature", "°C", AMERICAN))).toBeCloseTo(fahrenheit, 9);
  });

  // Practical salinity against specific gravity 25/25 °C, from the UNESCO 1981 equation of state.
  test.each([
    [30, 1.0226],
    [35, 1.0264],
    [38, 1.0287],
  ])("%s ppt is a specific gravity of %s", (ppt, gravity) => {
    expect(toShown(ppt, displayUnitOf("salinity", "ppt", AMERICAN))).toBeCloseTo(gravity, 3);
  });

  test("a quantity nobody has another unit for keeps its own", () => {
    expect(displayUnitOf("orp", "mV", AMERICAN)).toEqual({ unit: "mV", factor: 1, offset: 0, decimals: 0 });
  });

  test("pH shows no unit, because its name is one", () => {
    expect(displayUnitOf("ph", "pH", METRIC).unit).toBe("");
  });

  test("what is entered is stored as what was shown", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("temperature", "salinity", "ph"),
        fc.constantFrom(METRIC, AMERICAN),
        fc.double({ min: -50, max: 100, noNaN: true }),
        (quantity, units, stored) => {
          const display = displayUnitOf(quantity, "", units);
          expect(fromShown(toShown(stored, display), display)).toBeCloseTo(stored, 6);
        },
      ),
    );
  });
});
