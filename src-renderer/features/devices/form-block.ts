import { Name } from "#contract/names.ts";
import type { Problem } from "../../api/problem.ts";
import { useFieldWords, type WordsOf } from "../../components/schema-form/field-words.ts";
import type { FormField } from "../../components/schema-form/form-field.ts";
import { refusalsByPath } from "../../components/schema-form/refusals.ts";
import type { SchemaFormState } from "../../components/schema-form/use-schema-form.ts";
import { useTranslation } from "../../i18n/use-translation.ts";

interface FormBlock {
  /** What is wrong with the name, in a sentence; null: nothing. */
  readonly nameError: string | null;
  /** The first thing that keeps the form from being sent, in a sentence; null: nothing. */
  readonly reason: string | null;
}

interface FormParts {
  readonly name: string;
  readonly form: SchemaFormState;
  readonly wordsOf: WordsOf;
}

/** Why a device's form cannot be sent yet. */
export function useFormBlock({ name, form, wordsOf }: FormParts): FormBlock {
  const { t } = useTranslation(["devices", "common"]);
  const words = useFieldWords(wordsOf);
  const nameError = nameProblem(name, { missing: t("new.nameMissing"), unfit: t("new.nameUnfit") });
  const [first] = form.problems;
  if (first === undefined) return { nameError, reason: nameError };
  const [path, problem] = first;
  const field = fieldAt(form.fields, path);
  const said = field === null ? t("common:blocked.invalid") : words.problem(field, problem);
  const label = field === null ? path : words.label(field);
  return { nameError, reason: nameError ?? t("device.needs", { field: label, problem: said }) };
}

/** The core's refusal of a form: where it names fields, they are named as they are labelled here. */
export function useRefusedWords(fields: readonly FormField[], wordsOf: WordsOf): (problem: Problem) => Problem {
  const { t, i18n } = useTranslation("devices");
  const words = useFieldWords(wordsOf);
  return (problem) => {
    const labels = [...refusalsByPath(problem.details).keys()].flatMap((path) => {
      const field = fieldAt(fields, path);
      return field === null ? [] : [words.label(field)];
    });
    if (labels.length === 0 || labels.length < problem.details.length) return problem;
    const list = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(labels);
    return { ...problem, message: t("form.refused", { fields: list }) };
  };
}

function nameProblem(name: string, words: { readonly missing: string; readonly unfit: string }): string | null {
  if (name.trim() === "") return words.missing;
  return Name.safeParse(name).success ? null : words.unfit;
}

function fieldAt(fields: readonly FormField[], path: string): FormField | null {
  for (const field of fields) {
    if (field.path === path) return field;
    const inner = field.kind === "group" ? fieldAt(field.fields, path) : null;
    if (inner !== null) return inner;
  }
  return null;
}
