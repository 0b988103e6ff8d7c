import type { z } from "zod";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";

const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
type Schema = z.core.$ZodType;

/**
 * A query string as the procedure's input: text becomes what its schema asks for, where it is one; what is not stays
 * text, and the schema names it. Unknown names stay too, for the schema to refuse.
 * @throws ReefFault invalid for text that cannot be decoded, or a name given twice
 */
export function inputFromQuery(query: string, shape: Readonly<Record<string, Schema>>): Record<string, unknown> {
  const texts = new Map<string, string[]>();
  const flaws: FaultDetail[] = [];
  for (const pair of query.split("&").filter((part) => part !== "")) {
    const [rawName = "", ...rest] = pair.split("=");
    const name = decoded(rawName);
    const text = decoded(rest.join("="));
    if (name === null || text === null)
      flaws.push({ field: name ?? rawName, message: "is not valid percent-encoding" });
    else texts.set(name, [...(texts.get(name) ?? []), text]);
  }
  const entries = [...texts].map(([name, given]) => {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const inner = schema === undefined ? undefined : innermost(schema);
    if (inner !== undefined && isArray(inner)) {
      return [name, given.flatMap((text) => text.split(",")).map((text) => coerced(text, inner._zod.def.element))];
    }
    if (given.length > 1) flaws.push({ field: name, message: "is given more than once" });
    return [name, coerced(given[0] ?? "", schema)];
  });
  if (flaws.length > 0) {
    const fields = flaws.map((flaw) => flaw.field).join(", ");
    throw new ReefFault("invalid", `The query does not fit: ${fields}`, { details: flaws });
  }
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function coerced(text: string, schema: Schema | undefined): unknown {
  const type = schema === undefined ? "unknown" : innermost(schema)._zod.def.type;
  if (type === "number" && NUMBER.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** The schema without its wrappers: optional, default, nullable. */
function innermost(schema: Schema): Schema {
  let inner = schema;
  for (;;) {
    const { def } = inner._zod as { readonly def: { readonly innerType?: Schema } };
    if (def.innerType === undefined) return inner;
    inner = def.innerType;
  }
}

function isArray(schema: Schema): schema is z.core.$ZodArray {
  return schema._zod.def.type === "array";
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
