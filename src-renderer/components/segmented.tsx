import { type JSX, useId } from "react";
import type { Choice } from "./fields.tsx";
import styles from "./segmented.module.css";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly choices: readonly Choice<T>[];
  /** Where the choice is somebody's word against the automatic's, it wears the accent. */
  readonly accented?: readonly T[];
  readonly disabledReason?: string | null;
}

/** One of two to five, side by side. Arrow keys move, as in any radio group. */
export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  const { label, value, onChange, choices, accented = [], disabledReason = null } = props;
  const name = useId();
  const isDisabled = disabledReason !== null;
  return (
    <div
      className={styles["group"]}
      role="radiogroup"
      aria-label={disabledReason === null ? label : `${label}. ${disabledReason}`}
      aria-disabled={isDisabled || undefined}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={styles["choice"]}
          data-selected={choice.value === value || undefined}
          data-disabled={isDisabled || undefined}
          data-accented={accented.includes(choice.value) || undefined}
        >
          <input
            type="radio"
            className={styles["radio"]}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={isDisabled}
            onChange={() => onChange(choice.value)}
          />
          {choice.text}
        </label>
      ))}
    </div>
  );
}
