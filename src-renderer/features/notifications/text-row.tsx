import { type JSX, useState } from "react";
import { TextField } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { useProblemWords } from "../control/form/use-problem-words.ts";

interface TextRowProps<D extends object> {
  readonly form: DraftForm<D>;
  /** Dotted, as the core names it. */
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly type?: "text" | "url" | "password";
  /** What is wrong where its shape is. */
  readonly shape?: string;
}

/** A line of text; one that is still empty is not held against anybody before he came by. */
export function TextRow<D extends object>(props: TextRowProps<D>): JSX.Element {
  const { form, path, label, help, value, onChange, type = "text", shape } = props;
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const [isTouched, setTouched] = useState(false);
  const problem = form.problemAt(path);
  const isEmpty = value === "";
  const said = problem?.kind === "shape" && shape !== undefined ? shape : words.of(problem);
  return (
    <TextField
      label={label}
      value={value}
      onChange={(text) => {
        setTouched(true);
        onChange(text);
      }}
      type={type}
      inputMode={type === "url" ? "url" : "text"}
      error={problem === null || (isEmpty && !isTouched) ? null : isEmpty ? t("form.missing") : said}
      isDisabled={form.isDisabled}
      {...(help === undefined ? {} : { help })}
    />
  );
}
