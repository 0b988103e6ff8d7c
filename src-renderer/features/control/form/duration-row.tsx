import { type JSX, useState } from "react";
import type { z } from "zod";
import { Select } from "../../../components/fields.tsx";
import { useTranslation } from "../../../i18n/use-translation.ts";
import { rangeOf } from "./draft-problems.ts";
import { DURATION_UNITS, type DurationUnit, unitFor } from "./duration-unit.ts";
import styles from "./form.module.css";
import { NumberInput } from "./number-input.tsx";
import { scaledUnit } from "./shown-number.ts";
import type { DraftForm } from "./use-draft-form.ts";
import { useProblemWords } from "./use-problem-words.ts";

interface DurationRowProps<D extends object> {
  readonly form: DraftForm<D>;
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  /** s; NaN: empty; null: empty, and that means something. */
  readonly value: number | null;
  readonly onChange: (durationS: number | null) => void;
  readonly units?: readonly DurationUnit[];
  readonly schema?: z.ZodType;
  readonly isNullable?: boolean;
}

const UNITS: readonly DurationUnit[] = ["s", "min", "h"];

/** A span of time with the unit it is told in. */
export function DurationRow<D extends object>(props: DurationRowProps<D>): JSX.Element {
  const { form, path, label, help, value, onChange, units = UNITS, schema, isNullable = false } = props;
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const [unit, setUnit] = useState(() => unitFor(value, units));
  const display = scaledUnit(t(`form.unit.${unit}`), DURATION_UNITS[unit], 1);
  const range = schema === undefined ? { min: null, max: null } : rangeOf(schema);
  return (
    <div className={styles["duration"]}>
      <NumberInput
        key={unit}
        label={label}
        value={value}
        onChange={onChange}
        display={display}
        hasUnit={false}
        isNullable={isNullable}
        error={words.of(form.problemAt(path), { range, display })}
        isDisabled={form.isDisabled}
        {...(help === undefined ? {} : { help })}
      />
      <Select
        label={t("form.unitOf", { label })}
        isLabelHidden
        value={unit}
        onChange={(next) => {
          // The figure stays and its unit changes: 10 s are made 10 min.
          setUnit(next);
          if (value !== null && !Number.isNaN(value))
            onChange((value / DURATION_UNITS[unit]) * DURATION_UNITS[next]);
        }}
        choices={units.map((one) => ({ value: one, text: t(`form.unit.${one}`) }))}
        isDisabled={form.isDisabled}
      />
    </div>
  );
}
