import type { JSX } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Choice } from "../../components/fields.tsx";
import styles from "./hold-dialog.module.css";

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly choices: readonly Choice<T>[];
}

/** One of a few, each as large as a wet finger wants it. */
export function Choices<T extends string>({ label, value, onChange, choices }: ChoicesProps<T>): JSX.Element {
  return (
    <RadioGroup
      className={styles["choices"] ?? ""}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label>{label}</Label>
      <div className={styles["grid"]}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles["choice"] ?? ""}>
            {choice.text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
