import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Select, Switch, TextField } from "../fields.tsx";
import { PasswordField } from "../password-field.tsx";
import type { FieldWords } from "./field-words.ts";
import type { DraftValue } from "./form-draft.ts";
import type { ChoiceParam, FormField, SwitchParam, TextParam } from "./form-field.ts";
import styles from "./schema-form.module.css";
import { TextListField } from "./text-list-field.tsx";

interface SchemaFieldProps {
  readonly field: FormField;
  readonly value: DraftValue;
  readonly onChange: (value: DraftValue) => void;
  readonly error: string | null;
  readonly words: FieldWords;
  readonly isNew: boolean;
  readonly isDisabled: boolean;
}

/** The one control that fits a parameter. */
export function SchemaField(props: SchemaFieldProps): JSX.Element | null {
  const { field, value, onChange, error, words, isDisabled } = props;
  const help = words.help(field);
  const common = { label: words.label(field), error, isDisabled, ...(help === null ? {} : { help }) };
  switch (field.kind) {
    case "number":
      return (
        <TextField
          {...common}
          value={textOf(value)}
          onChange={onChange}
          unit={words.unit(field)}
          inputMode={field.isInteger ? "numeric" : "decimal"}
        />
      );
    case "text":
      return <TextParamField {...props} field={field} />;
    case "switch":
      return <SwitchField {...props} field={field} />;
    case "choice":
      return <Select {...common} value={textOf(value)} onChange={onChange} choices={choicesOf(field, words)} />;
    case "text-list":
      return (
        <TextListField {...common} items={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
      );
    case "group":
    case "fixed":
    case "other":
      return null;
  }
}

function choicesOf(field: ChoiceParam, words: FieldWords) {
  return field.options.map((option) => ({
    value: JSON.stringify(option.value),
    text: words.option(field, option),
  }));
}

function TextParamField(props: SchemaFieldProps & { readonly field: TextParam }): JSX.Element {
  const { t } = useTranslation("devices");
  const { field, value, onChange, error, words, isDisabled, isNew } = props;
  const help = words.help(field);
  const common = { label: words.label(field), value: textOf(value), onChange, error, isDisabled };
  if (!field.isSecret) return <TextField {...common} {...(help === null ? {} : { help })} />;
  const kept = isNew ? null : t("form.secretKept");
  const said = [help, kept].filter((part) => part !== null).join(" ");
  return <PasswordField {...common} autoComplete="off" {...(said === "" ? {} : { help: said })} />;
}

function SwitchField({
  field,
  value,
  onChange,
  error,
  words,
  isDisabled,
}: SchemaFieldProps & { readonly field: SwitchParam }) {
  const help = words.help(field);
  return (
    <div className={styles["switch"]}>
      <Switch isSelected={value === true} onChange={onChange} isDisabled={isDisabled}>
        {words.label(field)}
      </Switch>
      {help !== null && <p className={styles["note"]}>{help}</p>}
      {error !== null && (
        <p className={styles["error"]} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function textOf(value: DraftValue): string {
  return typeof value === "string" ? value : "";
}
