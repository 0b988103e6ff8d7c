import { expect, test } from "vitest";
import { numberFromText, textFromNumber } from "../../../../src-renderer/components/schema-form/number-text.ts";
import { nameInWords, unitOfParam } from "../../../../src-renderer/components/schema-form/param-units.ts";

const PLAIN = { unit: "", factor: 1, offset: 0, decimals: 6 };
const read = (text: string, language: "en" | "de" = "en") => numberFromText(text, PLAIN, language);

test("both decimal marks are understood where they can only be one", () => {
  expect(read("25.5")).toBe(25.5);
  expect(read("25,5")).toBe(25.5);
  expect(read("25.5", "de")).toBe(25.5);
  expect(read("25,5", "de")).toBe(25.5);
  expect(read(" -0.125 ")).toBe(-0.125);
  expect(read("0,125")).toBe(0.125);
  expect(read("1.000")).toBe(1);
  expect(read("1,000", "de")).toBe(1);
});

test("what reads as a thousand in the keeper's language is not taken for one", () => {
  expect(read("1,000")).toBeNaN();
  expect(read("1.000", "de")).toBeNaN();
  expect(read("1,000,000")).toBeNaN();
});

test("what is no number is none", () => {
  for (const text of ["", "ten", "1e3", "1..2", "1.2.3", "1,2,3", "Infinity", "0x10", "--1"])
    expect(read(text)).toBeNaN();
});

test("a number is written without grouping and with the language's mark", () => {
  expect(textFromNumber(12_345.5, PLAIN, "en")).toBe("12345.5");
  expect(textFromNumber(12_345.5, PLAIN, "de")).toBe("12345,5");
  expect(textFromNumber(-20, PLAIN, "sv")).toBe("-20");
});

test("a parameter's name says its unit and its words", () => {
  const unitOf = (name: string) => unitOfParam(name, "C").unit;
  expect(
    ["volumeL", "heaterW", "roomMinC", "resolutionBits", "evaporationPctPerDay", "timeoutMs", "holdS"].map(unitOf),
  ).toEqual(["L", "W", "°C", "bit", "%/d", "ms", "s"]);
  expect(["seed", "C", "romId", "host", "URL"].map(unitOf)).toEqual(["", "", "", "", ""]);
  expect(nameInWords("heaterPowerW")).toBe("Heater power");
  expect(nameInWords("romId")).toBe("Rom id");
});

test("temperatures are shown as the keeper reads them", () => {
  expect(unitOfParam("startC", "F")).toMatchObject({ unit: "°F", factor: 1.8, offset: 32 });
});
