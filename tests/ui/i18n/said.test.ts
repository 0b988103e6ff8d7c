import { describe, expect, test } from "vitest";
import { saidCondition } from "../../../src-renderer/features/interlocks/condition-words.ts";
import { formatsFor } from "../../../src-renderer/i18n/formats.ts";
import { inOwnUnits } from "../../../src-renderer/i18n/said.ts";

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
])("the condition %s is known for what it says", (text, key, values) => {
  expect(saidCondition(text)).toEqual({ key, values });
});

test("a condition nobody knows is told as it was said", () => {
  expect(saidCondition("Flow: at least 200 L/h")).toBeNull();
});
