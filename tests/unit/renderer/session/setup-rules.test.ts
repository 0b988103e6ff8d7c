import { expect, test } from "vitest";
import { flawsOf, isComplete } from "../../../../src-renderer/features/session/setup-rules.ts";

const GOOD = { code: "ABCD", username: "keeper", password: "correct horse" };

test("a first admin that fits has no flaws", () => {
  expect(isComplete(flawsOf(GOOD))).toBe(true);
});

test("each field says what it lacks", () => {
  expect(flawsOf({ code: " ", username: "", password: "" })).toEqual({
    code: "missing",
    username: "missing",
    password: "missing",
  });
  expect(flawsOf({ ...GOOD, username: "a b" }).username).toBe("unfit");
  expect(flawsOf({ ...GOOD, password: "123456789" }).password).toBe("short");
  expect(flawsOf({ ...GOOD, password: "x".repeat(257) }).password).toBe("long");
});

test("one flaw is enough to keep it from being sent", () => {
  expect(isComplete(flawsOf({ ...GOOD, code: "" }))).toBe(false);
  expect(isComplete(flawsOf({ ...GOOD, username: "x" }))).toBe(false);
  expect(isComplete(flawsOf({ ...GOOD, password: "short" }))).toBe(false);
});
