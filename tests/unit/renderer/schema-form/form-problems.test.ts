import { expect, test } from "vitest";
import type { Draft } from "../../../../src-renderer/components/schema-form/form-draft.ts";
import { fieldsFrom } from "../../../../src-renderer/components/schema-form/form-field.ts";
import { problemsIn } from "../../../../src-renderer/components/schema-form/form-problems.ts";
import { refusalsByPath } from "../../../../src-renderer/components/schema-form/refusals.ts";

const NEW = { language: "en", temperatureUnit: "C", isNew: true } as const;

function problemOf(schema: object, value: Draft[string], state: Parameters<typeof problemsIn>[2] = NEW) {
  const fields = fieldsFrom({ properties: { x: schema }, required: ["x"] });
  return problemsIn(fields, { x: value }, state).get("x") ?? null;
}

test("a number is said to be missing, none, broken or out of its range", () => {
  const number = { type: "number", exclusiveMinimum: 0, maximum: 10 };
  expect(problemOf(number, "")).toEqual({ kind: "missing" });
  expect(problemOf(number, "ten")).toEqual({ kind: "not-a-number" });
  expect(problemOf(number, "0")).toEqual({ kind: "out-of-range" });
  expect(problemOf(number, "10.1")).toEqual({ kind: "out-of-range" });
  expect(problemOf(number, "0.1")).toBeNull();
  expect(problemOf(number, "10")).toBeNull();
  expect(problemOf({ type: "integer" }, "1.5")).toEqual({ kind: "not-whole" });
  expect(problemOf({ type: "number", minimum: 1, exclusiveMaximum: 2 }, "2")).toEqual({ kind: "out-of-range" });
});

test("the range is the stored one, in whatever unit it is typed", () => {
  const fields = fieldsFrom({ properties: { roomC: { type: "number", minimum: 0, maximum: 30 } } });
  const inFahrenheit = { language: "en", temperatureUnit: "F", isNew: true } as const;
  expect(problemsIn(fields, { roomC: "77" }, inFahrenheit).size).toBe(0);
  expect(problemsIn(fields, { roomC: "25" }, inFahrenheit).get("roomC")).toEqual({ kind: "out-of-range" });
});

test("a text is measured, and held against its pattern", () => {
  const text = { type: "string", minLength: 2, maxLength: 4, pattern: "^[ab]+$" };
  expect(problemOf(text, "")).toEqual({ kind: "missing" });
  expect(problemOf(text, "a")).toEqual({ kind: "too-short", count: 2 });
  expect(problemOf(text, "aaaaa")).toEqual({ kind: "too-long", count: 4 });
  expect(problemOf(text, "abc")).toEqual({ kind: "unfit" });
  expect(problemOf(text, "abab")).toBeNull();
});

test("a pattern this page cannot read is left to the core", () => {
  expect(problemOf({ type: "string", pattern: "(?<" }, "anything")).toBeNull();
});

test("a secret is missing only where none is stored", () => {
  const secret = { type: "string", writeOnly: true };
  expect(problemOf(secret, "")).toEqual({ kind: "missing" });
  expect(problemOf(secret, "", { ...NEW, isNew: false })).toBeNull();
});

test("what may be empty may be empty", () => {
  expect(problemOf({ type: ["number", "null"] }, "")).toBeNull();
  expect(problemsIn(fieldsFrom({ properties: { x: { type: "string" } } }), { x: "" }, NEW).size).toBe(0);
  expect(
    problemsIn(fieldsFrom({ properties: { x: { type: "string", default: "a" } } }), { x: "" }, NEW).size,
  ).toBe(1);
});

test("a choice has to be made, and a list has to have its length", () => {
  expect(problemOf({ enum: ["a"] }, "")).toEqual({ kind: "missing" });
  expect(problemOf({ enum: ["a"] }, '"a"')).toBeNull();
  const list = { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2 };
  expect(problemOf(list, [""])).toEqual({ kind: "too-few", count: 1 });
  expect(problemOf(list, ["a", "b", "c"])).toEqual({ kind: "too-many", count: 2 });
  expect(problemOf(list, ["a"])).toBeNull();
  expect(problemOf({ type: "boolean" }, false)).toBeNull();
});

test("a problem within a group carries its whole path, as the core's do", () => {
  const fields = fieldsFrom({
    properties: { tls: { type: "object", properties: { port: { type: "integer" } } } },
  });
  expect([...problemsIn(fields, { tls: { port: "x" } }, NEW).keys()]).toEqual(["tls.port"]);
});

test("the core's details land at their fields; what is within a list, at the list", () => {
  const refusals = refusalsByPath([
    { field: "params.tls.port", message: "too high" },
    { field: "params.faults.1.key", message: "not there" },
    { field: "name", message: "of the device" },
  ]);
  expect([...refusals]).toEqual([
    ["tls.port", "too high"],
    ["faults", "not there"],
  ]);
});
