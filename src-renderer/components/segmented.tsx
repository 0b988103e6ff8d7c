import type { JSX } from "react";
import { Radio, RadioGroup } from "react-aria-components";
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
  return (
    <RadioGroup
      className={styles["group"] ?? ""}
      orientation="horizontal"
      aria-label={disabledReason === null ? label : `${label}. ${disabledReason}`}
      value={value}
      isDisabled={disabledReason !== null}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          className={styles["choice"] ?? ""}
          data-accented={accented.includes(choice.value) || undefined}
        >
          {choice.text}
        </Radio>
      ))}
    </RadioGroup>
  );
}
