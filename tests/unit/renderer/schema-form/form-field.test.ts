import { expect, test } from "vitest";
import { z } from "zod";
import { DRIVERS, driverTypes } from "#main/hardware/registry.ts";
import { fieldsFrom } from "../../../../src-renderer/components/schema-form/form-field.ts";

const fieldsOf = (schema: z.ZodType) => fieldsFrom(z.toJSONSchema(schema, { io: "input" }));
const kindsOf = (schema: z.ZodType) => fieldsOf(schema).map(({ name, kind }) => [name, kind]);

test("each kind of parameter gets the field that fits it", () => {
  const schema = z.strictObject({
    host: z.string(),
    port: z.int(),
    isFast: z.boolean(),
    mode: z.enum(["a", "b"]),
    tags: z.array(z.string()),
    tls: z.strictObject({ file: z.string() }),
    version: z.literal(2),
  });
  expect(kindsOf(schema)).toEqual([
    ["host", "text"],
    ["port", "number"],
    ["isFast", "switch"],
    ["mode", "choice"],
    ["tags", "text-list"],
    ["tls", "group"],
    ["version", "fixed"],
  ]);
});

test("what no field fits is kept and named, not guessed at", () => {
  const deep = z.strictObject({ a: z.strictObject({ b: z.strictObject({ c: z.string() }) }) });
  const [group] = fieldsOf(deep);
  expect(group).toMatchObject({ kind: "group", fields: [{ path: "a.b", kind: "other" }] });
  expect(
    kindsOf(z.strictObject({ any: z.record(z.string(), z.json()), mixed: z.union([z.string(), z.number()]) })),
  ).toEqual([
    ["any", "other"],
    ["mixed", "other"],
  ]);
});

test("a nullable parameter is the plain one that may be left empty", () => {
  const [watts, isOn] = fieldsOf(
    z.strictObject({
      watts: z.number().positive().max(20).nullable().default(null),
      isOn: z.boolean().nullable(),
    }),
  );
  expect(watts).toMatchObject({
    kind: "number",
    isNullable: true,
    fallback: null,
    min: { value: 0, isExclusive: true },
    max: { value: 20, isExclusive: false },
  });
  expect(isOn).toMatchObject({ kind: "choice", options: [{ value: null }, { value: true }, { value: false }] });
});

test("two types in one are a nullable of the other", () => {
  expect(fieldsFrom({ properties: { name: { type: ["string", "null"] } } })).toMatchObject([
    { kind: "text", isNullable: true },
  ]);
});

test("named constants are a choice with their titles", () => {
  const schema = { properties: { scale: { oneOf: [{ const: "c", title: "Celsius" }, { const: "f" }] } } };
  expect(fieldsFrom(schema)).toMatchObject([
    {
      kind: "choice",
      options: [
        { value: "c", title: "Celsius" },
        { value: "f", title: null },
      ],
    },
  ]);
});

test("an integer's own safe bounds are no range", () => {
  expect(fieldsOf(z.strictObject({ count: z.int() }))).toMatchObject([{ isInteger: true, min: null, max: null }]);
});

test("of two bounds the tighter one counts", () => {
  const schema = {
    properties: { x: { type: "number", minimum: 0, exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: 10 } },
  };
  expect(fieldsFrom(schema)).toMatchObject([
    { min: { value: 0, isExclusive: true }, max: { value: 9, isExclusive: false } },
  ]);
});

test("a write-only text is a secret", () => {
  expect(fieldsOf(z.strictObject({ password: z.string().meta({ writeOnly: true }) }))).toMatchObject([
    { isSecret: true },
  ]);
});

test("only what has neither a default nor a question mark is required", () => {
  const schema = z.strictObject({ a: z.string(), b: z.string().optional(), c: z.string().default("x") });
  expect(fieldsOf(schema).map(({ isRequired }) => isRequired)).toEqual([true, false, false]);
});

test("what is no schema has no fields", () => {
  expect(fieldsFrom(null)).toEqual([]);
  expect(fieldsFrom({ properties: "none" })).toEqual([]);
});

test("every parameter of every driver can be asked for, but for the mishaps, which have a panel of their own", () => {
  const others = driverTypes(DRIVERS).flatMap(({ type, paramsSchema }) =>
    fieldsFrom(paramsSchema).flatMap(({ name, kind }) => (kind === "other" ? [`${type}.${name}`] : [])),
  );
  expect(others).toEqual(["simulated-tank.faults"]);
});
