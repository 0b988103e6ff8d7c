import { type JSX, useState } from "react";
import { TextField } from "../../../components/fields.tsx";
import { numberFromText, textFromNumber } from "../../../components/schema-form/number-text.ts";
import { useFormats } from "../../../i18n/formats.ts";
import type { DisplayUnit } from "../../../i18n/units.ts";

interface NumberInputProps {
  readonly label: string;
  readonly help?: string;
  readonly error: string | null;
  readonly isDisabled: boolean;
  readonly display: DisplayUnit;
  /** Left out: shown beside it. */
  readonly hasUnit?: boolean;
  /** In the stored unit; NaN: no number; null: empty, and that means something. */
  readonly value: number | null;
  readonly onChange: (stored: number | null) => void;
  readonly isNullable: boolean;
}

/** A number that counts with every key: what hangs on it is drawn as it is typed. */
export function NumberInput(props: NumberInputProps): JSX.Element {
  const { label, help, error, isDisabled, display, hasUnit = true, value, onChange, isNullable } = props;
  const { language } = useFormats();
  const [typed, setTyped] = useState<string | null>(null);
  const finer = { ...display, decimals: display.decimals + 1 };
  const read = (text: string): number | null =>
    text.trim() === "" && isNullable ? null : numberFromText(text, finer, language);
  // What was typed stays as it was typed, as long as it says what is held.
  const isTyped = typed !== null && Object.is(read(typed), value);
  return (
    <TextField
      label={label}
      value={isTyped ? typed : textOf(value)}
      onChange={(text) => {
        setTyped(text);
        onChange(read(text));
      }}
      inputMode="decimal"
      unit={hasUnit ? display.unit : ""}
      error={error}
      isDisabled={isDisabled}
      {...(help === undefined ? {} : { help })}
    />
  );

  function textOf(stored: number | null): string {
    return stored === null || Number.isNaN(stored) ? "" : textFromNumber(stored, finer, language);
  }
}
