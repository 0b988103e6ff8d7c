import fc from "fast-check";
import { expect, test } from "vitest";
import { writtenNumber } from "../../../src-renderer/i18n/number-words.ts";

const LANGUAGES = ["en", "de"] as const;
const intl = (value: number, decimals: number, language: string) =>
  new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);

test("a number reads as its language writes it", () => {
  expect(writtenNumber(25.34, 1, "en")).toBe("25.3");
  expect(writtenNumber(25.35, 1, "de")).toBe("25,4");
  expect(writtenNumber(1_234_567.005, 2, "en")).toBe("1,234,567.01");
  expect(writtenNumber(1_234.5, 0, "de")).toBe("1.235");
  expect(writtenNumber(-0.04, 3, "en")).toBe("-0.040");
  expect(writtenNumber(0, 0, "de")).toBe("0");
});

test("nothing is written otherwise than Intl writes it: halves, thousands, zeros, what is tiny or huge, and no number", () => {
  const someNumber = fc.oneof(
    fc.double(),
    fc.double({ min: -2_000, max: 2_000, noNaN: true }),
    fc.integer({ min: -20_000_000, max: 20_000_000 }).map((n) => n / 1_000),
    fc.constantFrom(0, -0, 1.005, -0.5, 999.95, 1e-6, 1e-7, 1e21, Number.NaN, Number.POSITIVE_INFINITY),
  );
  fc.assert(
    fc.property(
      someNumber,
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom(...LANGUAGES),
      (value, decimals, language) => {
        expect(writtenNumber(value, decimals, language)).toBe(intl(value, decimals, language));
      },
    ),
    { numRuns: 3_000 },
  );
});
