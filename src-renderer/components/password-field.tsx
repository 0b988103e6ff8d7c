import { Eye, EyeOff } from "lucide-react";
import { type JSX, type ReactNode, useState } from "react";
import { TextField as AriaTextField, FieldError, Input, Label, Text, ToggleButton } from "react-aria-components";
import { useTranslation } from "../i18n/use-translation.ts";
import fields from "./fields.module.css";
import styles from "./password-field.module.css";

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: "current-password" | "new-password" | "off";
  readonly help?: ReactNode;
  /** What is wrong with it, in a sentence; null: nothing. */
  readonly error?: string | null;
  readonly isDisabled?: boolean;
}

/** A secret, hidden until its writer wants to see it. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const { label, value, onChange, autoComplete, help, error = null } = props;
  const { t } = useTranslation("session");
  const [isShown, setShown] = useState(false);
  return (
    <AriaTextField
      className={fields["field"] ?? ""}
      value={value}
      onChange={onChange}
      type={isShown ? "text" : "password"}
      isInvalid={error !== null}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      autoComplete={autoComplete}
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className={fields["label"] ?? ""}>{label}</Label>
      <span className={styles["row"]}>
        <Input className={`${fields["input"]} ${styles["input"]}`} autoCapitalize="none" />
        <ToggleButton
          className={styles["eye"] ?? ""}
          isSelected={isShown}
          onChange={setShown}
          aria-label={t("showPassword")}
        >
          {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
        </ToggleButton>
      </span>
      {help !== undefined && (
        <Text slot="description" className={fields["help"] ?? ""}>
          {help}
        </Text>
      )}
      {error !== null && <FieldError className={fields["error"] ?? ""}>{error}</FieldError>}
    </AriaTextField>
  );
}
