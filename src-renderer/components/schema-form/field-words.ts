import { useFormats } from "../../i18n/formats.ts";
import { toShown } from "../../i18n/units.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { usePreferences } from "../../stores/preferences.ts";
import type { Bound, FormField, NumberParam } from "./form-field.ts";
import type { FieldProblem } from "./form-problems.ts";
import { nameInWords, unitOfParam } from "./param-units.ts";

/** What a driver's author or a translator says of one parameter, where that is better than what the schema says. */
export interface ParamWords {
  readonly label?: string | undefined;
  readonly help?: string | undefined;
  /** What it must look like, where a pattern says so in no human words. */
  readonly shape?: string | undefined;
  /** Of a choice's values, by the value. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}
export type WordsOf = (path: string) => ParamWords;

export interface FieldWords {
  label(field: FormField): string;
  help(field: FormField): string | null;
  problem(field: FormField, problem: FieldProblem): string;
  option(field: FormField, option: { readonly value: unknown; readonly title: string | null }): string;
  unit(field: FormField): string;
}

/** Everything a generated form says, in the user's language and units. */
export function useFieldWords(wordsOf: WordsOf): FieldWords {
  const { t } = useTranslation("devices");
  const formats = useFormats();
  const temperatureUnit = usePreferences((p) => p.temperatureUnit);

  const label = (field: FormField): string => wordsOf(field.path).label ?? field.title ?? nameInWords(field.name);
  const unit = (field: FormField): string =>
    field.kind === "number" ? unitOfParam(field.name, temperatureUnit).unit : "";
  const shownBound = (field: NumberParam, { value }: Bound): string => {
    const display = unitOfParam(field.name, temperatureUnit);
    const shown = toShown(value, display);
    return formats.number(shown, decimalsOf(shown, display.decimals));
  };
  const range = (field: NumberParam): string | null => {
    const key = rangeKeyOf(field);
    if (key === null) return null;
    const { min, max } = field;
    const low = min === null ? "" : shownBound(field, min);
    const high = max === null ? "" : shownBound(field, max);
    return t(`form.${key}`, { unit: unit(field), min: low, max: high }).trim();
  };

  return {
    label,
    unit,
    help: (field) => {
      const told = wordsOf(field.path).help ?? field.description;
      const parts = [
        told === null ? null : sentence(told),
        field.kind === "number" ? asSentence(range(field)) : null,
        field.isNullable && (field.kind === "number" || field.kind === "text") ? t("form.emptyIsNone") : null,
      ];
      const said = parts.filter((part) => part !== null).join(" ");
      return said === "" ? null : said;
    },
    problem: (field, problem) => {
      switch (problem.kind) {
        case "missing":
          return t("form.missing");
        case "not-a-number":
          return t("form.notANumber", { example: formats.number(25.5, 1) });
        case "not-whole":
          return t("form.notWhole");
        case "out-of-range":
          return t("form.outOfRange", { range: (field.kind === "number" ? range(field) : null) ?? "" });
        case "unfit":
          return wordsOf(field.path).shape ?? t("form.unfit");
        case "too-short":
          return t("form.tooShort", { count: problem.count });
        case "too-long":
          return t("form.tooLong", { count: problem.count });
        case "too-few":
          return t("form.tooFew", { count: problem.count });
        case "too-many":
          return t("form.tooMany", { count: problem.count });
      }
    },
    option: (field, { value, title }) => {
      if (value === null) return t("form.none");
      const told = wordsOf(field.path).options?.[String(value)] ?? title;
      if (told !== null && told !== undefined) return told;
      if (typeof value === "boolean") return value ? t("form.yes") : t("form.no");
      return String(value);
    },
  };
}

/** Which sentence says a number's range; null: it has none. */
function rangeKeyOf({ min, max }: NumberParam) {
  if (min === null && max === null) return null;
  if (max === null) return min?.isExclusive === true ? "above" : "atLeast";
  if (min === null) return max.isExclusive ? "below" : "atMost";
  return min.isExclusive ? "rangeAbove" : "range";
}

function decimalsOf(shown: number, most: number): number {
  const text = String(Number(shown.toFixed(Math.min(most, 2))));
  return text.split(".")[1]?.length ?? 0;
}

/** A schema's description, which may end without a full stop. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function asSentence(text: string | null): string | null {
  return text === null ? null : sentence(text.slice(0, 1).toUpperCase() + text.slice(1));
}
