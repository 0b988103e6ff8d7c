import { type Draft, type DraftValue, isDraft, type Wording } from "./form-draft.ts";
import type { FormField, NumberParam, TextListParam, TextParam } from "./form-field.ts";
import { numberFromText } from "./number-text.ts";
import { unitOfParam } from "./param-units.ts";

/** What is wrong with one field; its words are made where it is shown. */
export type FieldProblem =
  | { readonly kind: "missing" | "not-a-number" | "not-whole" | "out-of-range" | "unfit" }
  | { readonly kind: "too-short" | "too-long" | "too-few" | "too-many"; readonly count: number };

interface FormState extends Wording {
  /** Nothing is stored yet, so that no secret is either. */
  readonly isNew: boolean;
}

/** Everything that keeps a draft from being sent, by the field's path. The core checks again, and has the last word. */
export function problemsIn(
  fields: readonly FormField[],
  draft: Draft,
  state: FormState,
): ReadonlyMap<string, FieldProblem> {
  const found = fields.flatMap((field): (readonly [string, FieldProblem])[] => {
    const value = draft[field.name];
    if (field.kind === "group") return [...problemsIn(field.fields, isDraft(value) ? value : {}, state)];
    const problem = problemOfField(field, value, state);
    return problem === null ? [] : [[field.path, problem]];
  });
  return new Map(found);
}

function problemOfField(field: FormField, value: DraftValue | undefined, state: FormState): FieldProblem | null {
  switch (field.kind) {
    case "text":
      return problemOfText(field, typeof value === "string" ? value : "", state);
    case "number":
      return problemOfNumber(field, typeof value === "string" ? value : "", state);
    case "choice":
      return value === "" && needsValue(field) ? { kind: "missing" } : null;
    case "text-list":
      return problemOfList(field, Array.isArray(value) ? value.map(String) : []);
    case "switch":
    case "group":
    case "fixed":
    case "other":
      return null;
  }
}

/** One with a default is shown with it: emptied, it has to be said again. */
function needsValue(field: FormField): boolean {
  return !field.isNullable && (field.isRequired || field.fallback !== undefined);
}

function problemOfText(field: TextParam, text: string, { isNew }: FormState): FieldProblem | null {
  if (text === "") {
    const isKept = field.isSecret && !isNew;
    return needsValue(field) && !isKept ? { kind: "missing" } : null;
  }
  if (text.length < field.minLength) return { kind: "too-short", count: field.minLength };
  if (field.maxLength !== null && text.length > field.maxLength)
    return { kind: "too-long", count: field.maxLength };
  return field.pattern === null || fits(text, field.pattern) ? null : { kind: "unfit" };
}

/** JSON Schema's patterns are ECMAScript's, with the flag u; one this page cannot read is left to the core. */
function fits(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function problemOfNumber(
  field: NumberParam,
  text: string,
  { language, temperatureUnit }: FormState,
): FieldProblem | null {
  if (text.trim() === "") return needsValue(field) ? { kind: "missing" } : null;
  const value = numberFromText(text, unitOfParam(field.name, temperatureUnit), language);
  if (!Number.isFinite(value)) return { kind: "not-a-number" };
  if (field.isInteger && !Number.isInteger(value)) return { kind: "not-whole" };
  return isWithin(field, value) ? null : { kind: "out-of-range" };
}

function isWithin({ min, max }: NumberParam, value: number): boolean {
  const isAbove = min === null || (min.isExclusive ? value > min.value : value >= min.value);
  const isBelow = max === null || (max.isExclusive ? value < max.value : value <= max.value);
  return isAbove && isBelow;
}

function problemOfList({ minItems, maxItems }: TextListParam, items: readonly string[]): FieldProblem | null {
  const count = items.filter((item) => item !== "").length;
  if (count < minItems) return { kind: "too-few", count: minItems };
  return maxItems !== null && count > maxItems ? { kind: "too-many", count: maxItems } : null;
}
