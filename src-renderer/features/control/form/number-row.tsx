import type { JSX } from "react";
import type { z } from "zod";
import type { DisplayUnit } from "../../../i18n/units.ts";
import { rangeOf } from "./draft-problems.ts";
import { NumberInput } from "./number-input.tsx";
import type { DraftForm } from "./use-draft-form.ts";
import { useProblemWords } from "./use-problem-words.ts";

interface NumberRowProps<D extends object> {
  readonly form: DraftForm<D>;
  /** Dotted, as the core names it. */
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  /** In the stored unit; NaN: empty; null: empty, and that means something. */
  readonly value: number | null;
  readonly onChange: (stored: number | null) => void;
  readonly display: DisplayUnit;
  /** The contract's own field: its range is told. */
  readonly schema?: z.ZodType;
  /** Empty is an answer. */
  readonly isNullable?: boolean;
}

/** A number in the keeper's unit, with the range it may have; kept in the stored one. */
export function NumberRow<D extends object>(props: NumberRowProps<D>): JSX.Element {
  const { form, path, label, help, value, onChange, display, schema, isNullable = false } = props;
  const words = useProblemWords();
  const range = schema === undefined ? { min: null, max: null } : rangeOf(schema);
  const rangeText = words.range(range, display);
  const said = [help, rangeText === null ? null : capital(rangeText)].filter((text) => text != null).join(" ");
  return (
    <NumberInput
      label={label}
      value={value}
      onChange={onChange}
      display={display}
      isNullable={isNullable}
      error={words.of(form.problemAt(path), { range, display })}
      isDisabled={form.isDisabled}
      {...(said === "" ? {} : { help: said })}
    />
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
