import { describe, expect, test } from "vitest";
import { saidCondition } from "../../../src-renderer/features/interlocks/condition-words.ts";
import { formatsFor } from "../../../src-renderer/i18n/formats.ts";
import { inOwnUnits, ownFigure } from "../../../src-renderer/i18n/said.ts";

const formats = (temperatureUnit: "C" | "F") =>
  formatsFor({ language: "en", timeZone: "UTC", units: { temperatureUnit, salinityUnit: "ppt" } });

describe("a sentence of the core's", () => {
  test("has its temperatures in the keeper's unit", () => {
    expect(inOwnUnits("Heating: 25.31 °C is below 25.35 °C.", formats("F"))).toBe(
      "Heating: 77.6 °F is below 77.6 °F.",
    );
    expect(inOwnUnits("Heating: 25.31 °C is below 25.35 °C.", formats("C"))).toBe(
      "Heating: 25.31 °C is below 25.35 °C.",
    );
  });

  test("keeps a difference a difference", () => {
    expect(inOwnUnits("Its probes have been more than 0.5 °C apart.", formats("F"))).toBe(
      "Its probes have been more than 0.9 °F apart.",
    );
    expect(inOwnUnits("They differ by 1 °C.", formats("F"))).toBe("They differ by 1.8 °F.");
  });
});

test.each([
  ["Its probe is good and fresh", "probe", {}],
  ["The water is below 28.5 °C", "water", { limit: "28.5 °C" }],
  ["The water is above 24 °C", "waterAbove", { limit: "24 °C" }],
  ["Return pump: on for 1 min", "onFor", { name: "Return pump", time: "1 min" }],
  ["Leak: dry", "dry", { name: "Leak" }],
  ["pH: at least 7.7 and at most 8.6", "between", { name: "pH", min: "7.7", max: "8.6" }],
  ["Flow: at least 200 L/h", "atLeast", { name: "Flow", min: "200 L/h" }],
  ["Flow: at most 900 L/h", "atMost", { name: "Flow", max: "900 L/h" }],
])("the condition %s is known for what it says", (text, key, values) => {
  expect(saidCondition(text)).toEqual({ key, values });
});

test("a condition nobody knows is told as it was said", () => {
  expect(saidCondition("The moon is full")).toBeNull();
});

test("a figure of the core's is written as the keeper writes numbers, in his unit", () => {
  const german = formatsFor({
    language: "de",
    timeZone: "UTC",
    units: { temperatureUnit: "C", salinityUnit: "ppt" },
  });
  expect(ownFigure("28.5 °C", german)).toBe("28,5 °C");
  expect(ownFigure("30 min", german)).toBe("30 min");
  expect(ownFigure("28.5 °C", formats("F"))).toBe("83.3 °F");
});
