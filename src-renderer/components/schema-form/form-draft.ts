import type { Language } from "../../i18n/translator.ts";
import type { FormField, NumberParam, TextParam } from "./form-field.ts";
import type { Json } from "./json-schema.ts";
import { numberFromText, textFromNumber } from "./number-text.ts";
import { type TemperatureUnit, unitOfParam } from "./param-units.ts";

/** What stands in the fields: text as typed, a choice as its JSON. Fixed and other parameters have nothing in it. */
export type DraftValue = string | boolean | readonly string[] | Draft;
export interface Draft {
  readonly [name: string]: DraftValue;
}

export type Params = Readonly<Record<string, Json>>;

/** How numbers are written and read. */
export interface Wording {
  readonly language: Language;
  readonly temperatureUnit: TemperatureUnit;
}

/** The draft that says what is stored, and the driver's own defaults where nothing is. */
export function draftFrom(fields: readonly FormField[], stored: Params, wording: Wording): Draft {
  const entries = fields.flatMap((field) => {
    const value = draftValueFrom(field, keptValue(field, stored), wording);
    return value === null ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(entries);
}

function draftValueFrom(field: FormField, value: Json | undefined, wording: Wording): DraftValue | null {
  switch (field.kind) {
    case "text":
      return typeof value === "string" && !field.isSecret ? value : "";
    case "number":
      return typeof value === "number"
        ? textFromNumber(value, unitOfParam(field.name, wording.temperatureUnit), wording.language)
        : "";
    case "switch":
      return value === true;
    case "choice":
      return value === undefined ? "" : JSON.stringify(value);
    case "text-list":
      return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
    case "group":
      return draftFrom(field.fields, paramsOf(value), wording);
    case "fixed":
    case "other":
      return null;
  }
}

/** null is a value: it is not where the default stands in. */
function keptValue({ name, fallback }: FormField, stored: Params): Json | undefined {
  return stored[name] === undefined ? fallback : stored[name];
}

export function paramsOf(value: Json | undefined): Params {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/**
 * The parameters a draft without problems stands for. A field nobody touched keeps its stored value to the last digit;
 * one left empty that may be is left out, or null.
 */
export function paramsFrom(
  { fields, stored }: { readonly fields: readonly FormField[]; readonly stored: Params },
  draft: Draft,
  wording: Wording,
): Params {
  const before = draftFrom(fields, stored, wording);
  const entries = fields.flatMap((field): [string, Json][] => {
    const { name } = field;
    const isUntouched = JSON.stringify(draft[name]) === JSON.stringify(before[name]);
    const kept = isUntouched ? keptValue(field, stored) : undefined;
    const value = kept ?? paramFrom(field, { value: draft[name], stored: stored[name] }, wording);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

interface Held {
  readonly value: DraftValue | undefined;
  readonly stored: Json | undefined;
}

function paramFrom(field: FormField, { value, stored }: Held, wording: Wording): Json | undefined {
  switch (field.kind) {
    case "fixed":
      return field.value;
    case "other":
      return undefined;
    case "group": {
      const of = { fields: field.fields, stored: paramsOf(stored) };
      return { ...paramsFrom(of, isDraft(value) ? value : {}, wording) };
    }
    case "text-list":
      return Array.isArray(value) ? value.map(String).filter((item) => item !== "") : [];
    case "switch":
      return value === true;
    case "choice":
      return typeof value === "string" && value !== "" ? JSON.parse(value) : undefined;
    case "number":
    case "text":
      return typedFrom(field, { text: typeof value === "string" ? value : "", stored }, wording);
  }
}

interface Typed {
  readonly text: string;
  readonly stored: Json | undefined;
}

function typedFrom(field: NumberParam | TextParam, { text, stored }: Typed, wording: Wording): Json | undefined {
  if (text.trim() === "") return emptyOf(field, stored);
  if (field.kind === "text") return text;
  return numberFromText(text, unitOfParam(field.name, wording.temperatureUnit), wording.language);
}

/** What stands for "nothing": null where that is a value; a stored text is emptied; else it is left out. */
function emptyOf(field: FormField, stored: Json | undefined): Json | undefined {
  if (field.kind === "text" && field.isSecret) return undefined;
  if (field.isNullable) return null;
  return field.kind === "text" && typeof stored === "string" && stored !== "" ? "" : undefined;
}

export function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === "object" && !Array.isArray(value);
}

/** The parameters that differ from what is stored; those left out stay as they are. */
export function changedParams(next: Params, stored: Params): Params {
  return Object.fromEntries(
    Object.entries(next).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name])),
  );
}
