import type { JSX } from "react";
import type { Choice } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import styles from "./settings.module.css";

interface ChoiceRowProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly choices: readonly Choice<T>[];
  readonly help?: string;
  readonly disabledReason: string | null;
}

/** A choice that holds as soon as it is made. */
export function ChoiceRow<T extends string>(props: ChoiceRowProps<T>): JSX.Element {
  const { label, value, onChange, choices, help, disabledReason } = props;
  const below = disabledReason ?? help;
  return (
    <div className={styles["group"]}>
      <span className={styles["group-name"]} aria-hidden="true">
        {label}
      </span>
      <Segmented
        label={label}
        value={value}
        onChange={onChange}
        choices={choices}
        disabledReason={disabledReason}
      />
      {below !== undefined && <p className={styles["help"]}>{below}</p>}
    </div>
  );
}
