import { type JSX, useState } from "react";
import { TextField } from "../../../components/fields.tsx";
import { useTranslation } from "../../../i18n/use-translation.ts";
import { clockTimeFrom } from "./clock-time.ts";
import type { DraftForm } from "./use-draft-form.ts";
import { useProblemWords } from "./use-problem-words.ts";

interface TimeRowProps<D extends object> {
  readonly form: DraftForm<D>;
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  /** `HH:MM`. */
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** A time of day in the tank's zone, however it is typed. */
export function TimeRow<D extends object>({
  form,
  path,
  label,
  help,
  value,
  onChange,
}: TimeRowProps<D>): JSX.Element {
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const [typed, setTyped] = useState(value);
  const problem = form.problemAt(path);
  return (
    <TextField
      label={label}
      value={clockTimeFrom(typed) === value ? typed : value}
      inputMode="decimal"
      onChange={(text) => {
        setTyped(text);
        onChange(clockTimeFrom(text));
      }}
      error={problem?.kind === "shape" ? t("form.time") : words.of(problem)}
      isDisabled={form.isDisabled}
      {...(help === undefined ? {} : { help })}
    />
  );
}
