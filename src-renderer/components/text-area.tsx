import type { JSX } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  FieldError,
  Label,
  Text,
} from "react-aria-components";
import styles from "./fields.module.css";

interface TextAreaProps {
  readonly label: string;
  readonly help?: string;
  /** What is wrong with it, in a sentence; null: nothing. */
  readonly error?: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isDisabled?: boolean;
}

/** A sentence or two. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const { label, help, error = null, value, onChange, isDisabled = false } = props;
  return (
    <AriaTextField
      className={styles["field"] ?? ""}
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      isDisabled={isDisabled}
      validationBehavior="aria"
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <AriaTextArea className={`${styles["input"]} ${styles["area"]}`} rows={3} />
      {help !== undefined && (
        <Text slot="description" className={styles["help"] ?? ""}>
          {help}
        </Text>
      )}
      {error !== null && <FieldError className={styles["error"] ?? ""}>{error}</FieldError>}
    </AriaTextField>
  );
}
