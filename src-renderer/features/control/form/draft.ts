import type { z } from "zod";

/** What a form holds while it is edited: the contract's shape, with numbers that may be NaN and ids that may be empty. */
export type Draft<T> = T extends string & z.core.$brand
  ? string
  : T extends readonly (infer U)[]
    ? readonly Draft<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Draft<T[K]> }
      : T;

/** What of a draft differs from what was, by its own fields; empty where nothing does. */
export function changesOf<D extends object>(was: D, draft: D): Partial<D> {
  const changed = Object.entries(draft).filter(([key, value]) => !isSame(value, was[key as keyof D]));
  return Object.fromEntries(changed) as Partial<D>;
}

function isSame(one: unknown, other: unknown): boolean {
  // NaN is written as null; where either counts, the other is refused by the schema.
  return Object.is(one, other) || JSON.stringify(one) === JSON.stringify(other);
}

/** The refusals of the core by path; those of fields the form does not have stand apart. */
export function refusalsByField(
  details: readonly { readonly field: string; readonly message: string }[],
  fields: readonly string[],
): { readonly shown: ReadonlyMap<string, string>; readonly others: readonly string[] } {
  const shown = new Map<string, string>();
  const others: string[] = [];
  for (const { field, message } of details) {
    const [first = ""] = field.split(".");
    if (fields.includes(first)) shown.set(field, message);
    else others.push(`${field}: ${message}`);
  }
  return { shown, others };
}
