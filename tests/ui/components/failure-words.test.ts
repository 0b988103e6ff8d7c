import { expect, test } from "vitest";
import { failureWords } from "../../../src-renderer/components/failure-words.ts";
import { faults } from "../../../src-renderer/i18n/de/faults.ts";

const INTERLOCKED = {
  code: "interlocked",
  message: "Heater may not be switched on: its sensor is stale.",
  details: [],
} as const;

test("a language that has a sentence for the code says it, with the core's own where only that says what it is about", () => {
  expect(failureWords(INTERLOCKED, faults.interlocked ?? null)).toBe(
    "Eine Schutzsperre lässt das jetzt nicht zu. Die Steuerung sagt: „Heater may not be switched on: its sensor is stale.“",
  );
  expect(failureWords(INTERLOCKED, null)).toBe(INTERLOCKED.message);
});

test("how long to wait is said in figures, also where nobody said how long", () => {
  const refused = { code: "too-many-requests", message: "Too many tries", details: [], retryAfterS: 17 } as const;
  const known = faults["too-many-requests"] ?? null;
  expect(failureWords(refused, known)).toContain("In 17 s");
  expect(failureWords({ ...refused, retryAfterS: null }, known)).toContain("In 60 s");
});
