import type { z } from "zod";

/** What is wrong with one field of a draft; its words are made where it is shown. */
export type DraftProblem =
  | { readonly kind: "missing" | "shape" }
  | { readonly kind: "range"; readonly min: number | null; readonly max: number | null }
  /** A rule between fields, in the contract's own words. */
  | { readonly kind: "rule"; readonly message: string };

/** What the API's own schema says against a draft, by dotted path. The core checks again, and has the last word. */
export function draftProblems(schema: z.ZodType, draft: unknown): ReadonlyMap<string, DraftProblem> {
  const problems = new Map<string, DraftProblem>();
  for (const issue of schema.safeParse(draft).error?.issues ?? []) {
    const path = issue.path.join(".");
    if (!problems.has(path)) problems.set(path, problemFrom(issue));
  }
  return problems;
}

function problemFrom(issue: z.core.$ZodIssue): DraftProblem {
  switch (issue.code) {
    case "too_small":
      return sized(issue.origin, { min: Number(issue.minimum), max: null });
    case "too_big":
      return sized(issue.origin, { min: null, max: Number(issue.maximum) });
    case "custom":
      return { kind: "rule", message: issue.message };
    case "invalid_format":
      return issue.format === "uuid" ? { kind: "missing" } : { kind: "shape" };
    default:
      return { kind: "missing" };
  }
}

/** A text or a list that is too short is one that was left out. */
function sized(origin: string, range: { readonly min: number | null; readonly max: number | null }): DraftProblem {
  if (origin === "number" || origin === "int") return { kind: "range", ...range };
  return { kind: range.min === null ? "shape" : "missing" };
}

export interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

/** The range a number of the contract may have; null at an open end. */
export function rangeOf(schema: z.ZodType): Range {
  const bare = unwrapped(schema);
  const { minValue, maxValue } = bare as Partial<Pick<z.ZodNumber, "minValue" | "maxValue">>;
  return { min: bounded(minValue), max: bounded(maxValue) };
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { unwrap } = schema as { unwrap?: () => z.ZodType };
  return unwrap === undefined ? schema : unwrapped(unwrap.call(schema));
}

/** An integer is bounded by what a number can hold; nobody is told that. */
function bounded(value: number | null | undefined): number | null {
  return value == null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}
