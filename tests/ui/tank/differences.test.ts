import { expect, test } from "vitest";
import { departureWords, differenceIn } from "../../../src-renderer/features/tank/differences.ts";
import { formatsFor } from "../../../src-renderer/i18n/formats.ts";

const formats = formatsFor({
  language: "en",
  timeZone: "UTC",
  units: { temperatureUnit: "F", salinityUnit: "ppt" },
});
const PH = { unit: "", factor: 1, offset: 0, decimals: 2 };

test("how far it is out adds up with the value as it is shown", () => {
  // Shown as 8.15, so it is 0.15 below 8.30.
  expect(departureWords({ side: "low", by: 8.3 - 8.1451, limit: 8.3 }, PH, formats)).toEqual({
    by: "0.15",
    limit: "8.30",
  });
});

test("what is out by less than is shown is not out by nothing", () => {
  expect(departureWords({ side: "high", by: 0.001, limit: 8.5 }, PH, formats).by).toBe("< 0.01");
});

test("a difference of temperatures has no offset", () => {
  expect(differenceIn(-1, formats.unitOf("temperature", "°C"), formats)).toBe("1.8 °F");
});
