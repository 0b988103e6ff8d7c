import fc from "fast-check";

type Json = any;

/** Anything JSON can say, and strings that have broken servers before. */
const JUNK: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<Json>(
    null,
    "",
    "0",
    "NaN",
    "Infinity",
    -1,
    1e308,
    -1e308,
    0.1,
    2 ** 53,
    "'; DROP TABLE device; --",
    "\u0000",
    "../../etc/passwd",
    "__proto__",
    { __proto__: null, constructor: 1 },
    [],
    {},
    true,
    "9999-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z",
    "x".repeat(5_000),
    "😀\ud800",
  ),
);

/** Values that fit a JSON Schema, with a share that does not. @param ids what a string of format uuid may name */
export function arbitraryFor(schema: Json, ids: readonly string[], root: Json = schema): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, ids, root) }, { weight: 1, arbitrary: JUNK });
}

function fitting(schema: Json, ids: readonly string[], root: Json): fc.Arbitrary<Json> {
  if (schema === undefined || schema === true) return JUNK;
  if (typeof schema["$ref"] === "string") {
    const path = schema["$ref"].slice(2).split("/");
    return fitting(
      path.reduce((at: Json, key: string) => at?.[key], root),
      ids,
      root,
    );
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const options: Json[] | undefined = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map((option) => fitting(option, ids, root)));
  if (Array.isArray(schema.allOf)) return fitting(Object.assign({}, ...schema.allOf), ids, root);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return objectFor(schema, ids, root);
    case "array":
      return fc.array(arbitraryFor(schema.items, ids, root), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 4, 6)),
      });
    case "string":
      return stringFor(schema, ids);
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? -1e6, -1e9),
        max: Math.min(schema.maximum ?? 1e6, 1e9),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return JUNK;
  }
}

function objectFor(schema: Json, ids: readonly string[], root: Json): fc.Arbitrary<Json> {
  const properties: Record<string, Json> = schema.properties ?? {};
  const required = new Set<string>(schema.required ?? []);
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, sub]) => [name, arbitraryFor(sub, ids, root)]),
  );
  const requiredKeys = Object.keys(model).filter((name) => required.has(name));
  const whole = fc.record(model, { requiredKeys });
  const extra = fc
    .tuple(whole, fc.string({ maxLength: 12 }), JUNK)
    .map(([object, name, value]) => ({ ...object, [name]: value }));
  return fc.oneof({ weight: 8, arbitrary: whole }, { weight: 1, arbitrary: extra });
}

function stringFor(schema: Json, ids: readonly string[]): fc.Arbitrary<string> {
  const known = ids.length === 0 ? [] : [fc.constantFrom(...ids)];
  if (schema.format === "uuid") return fc.oneof(...known, fc.uuid());
  if (schema.format === "date-time") {
    return fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const minLength = schema.minLength ?? 0;
  return fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(schema.maxLength ?? 40, 80)),
    unit: "grapheme",
  });
}
