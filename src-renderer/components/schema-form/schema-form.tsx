import { type JSX, useId } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { type FieldWords, useFieldWords, type WordsOf } from "./field-words.ts";
import { type Draft, isDraft } from "./form-draft.ts";
import type { FormField, GroupParam } from "./form-field.ts";
import { SchemaField } from "./schema-field.tsx";
import styles from "./schema-form.module.css";
import type { SchemaFormState } from "./use-schema-form.ts";

interface SchemaFormProps {
  readonly form: SchemaFormState;
  readonly wordsOf: WordsOf;
  readonly isDisabled?: boolean;
}

/** One column of fields for a driver's parameters: label above, range and help below, what is wrong in words. */
export function SchemaForm({ form, wordsOf, isDisabled = false }: SchemaFormProps): JSX.Element {
  const { t } = useTranslation("devices");
  const words = useFieldWords(wordsOf);
  const asked = form.fields.filter(({ kind }) => kind !== "fixed" && kind !== "other");
  const unasked = form.fields.filter(({ kind }) => kind === "other");
  return (
    <div className={styles["form"]}>
      <Fields fields={asked} draft={form.draft} form={form} words={words} isDisabled={isDisabled} />
      {unasked.length > 0 && (
        <p className={styles["note"]}>{t("form.others", { names: unasked.map(words.label).join(", ") })}</p>
      )}
    </div>
  );
}

interface FieldsProps {
  readonly fields: readonly FormField[];
  readonly draft: Draft;
  readonly form: SchemaFormState;
  readonly words: FieldWords;
  readonly isDisabled: boolean;
}

function Fields({ fields, draft, form, words, isDisabled }: FieldsProps): JSX.Element {
  return (
    <>
      {fields.map((field) =>
        field.kind === "group" ? (
          <Group key={field.path} field={field} draft={draft} form={form} words={words} isDisabled={isDisabled} />
        ) : (
          <SchemaField
            key={field.path}
            field={field}
            value={draft[field.name] ?? ""}
            onChange={(value) => form.set(field.path, value)}
            error={errorOf(field, form, words)}
            words={words}
            isNew={form.isNew}
            isDisabled={isDisabled}
          />
        ),
      )}
    </>
  );
}

function Group({
  field,
  draft,
  form,
  words,
  isDisabled,
}: Omit<FieldsProps, "fields"> & { readonly field: GroupParam }) {
  const titleId = useId();
  const inner = draft[field.name];
  const help = words.help(field);
  return (
    <fieldset className={styles["group"]} aria-labelledby={titleId}>
      <legend id={titleId}>{words.label(field)}</legend>
      {help !== null && <p className={styles["note"]}>{help}</p>}
      <Fields
        fields={field.fields}
        draft={isDraft(inner) ? inner : {}}
        form={form}
        words={words}
        isDisabled={isDisabled}
      />
    </fieldset>
  );
}

/** The core's word first; ours for what was typed in. */
function errorOf(field: FormField, form: SchemaFormState, words: FieldWords): string | null {
  const refusal = form.refusals.get(field.path);
  if (refusal !== undefined) return refusal;
  const problem = form.problems.get(field.path);
  if (problem === undefined) return null;
  return problem.kind === "missing" && !form.touched.has(field.path) ? null : words.problem(field, problem);
}
