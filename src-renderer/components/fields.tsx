import type { JSX, ReactNode } from "react";
import {
  Button as AriaButton,
  NumberField as AriaNumberField,
  Select as AriaSelect,
  Switch as AriaSwitch,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import styles from "./fields.module.css";

interface FieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with it, in a sentence; null: nothing. */
  readonly error?: string | null;
  readonly isDisabled?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "password" | "url" | "search";
  readonly autoComplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "url";
  readonly isRequired?: boolean;
  /** Shown inside the field, at its end. */
  readonly unit?: string;
}

/** One line of text: label above, help below, its error in words. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { label, help, error = null, value, onChange, type = "text", unit = "" } = props;
  return (
    <AriaTextField
      className={styles["field"] ?? ""}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={error !== null}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
      autoComplete={props.autoComplete ?? "off"}
      inputMode={props.inputMode ?? "text"}
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <span className={unit === "" ? undefined : styles["with-unit"]}>
        <Input className={styles["input"] ?? ""} />
        {unit !== "" && <span className={styles["unit"]}>{unit}</span>}
      </span>
      <Below help={help} error={error} />
    </AriaTextField>
  );
}

interface NumberFieldProps extends FieldProps {
  /** NaN: empty. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
}

/** A number with its unit inside the field. Ranges are told in `help` or `error`, never by silent clamping. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { label, help, error = null, value, onChange, unit, decimals = 2 } = props;
  return (
    <AriaNumberField
      className={styles["field"] ?? ""}
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      formatOptions={{ maximumFractionDigits: decimals, useGrouping: false }}
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <span className={styles["with-unit"]}>
        <Input className={styles["input"] ?? ""} inputMode="decimal" />
        {unit !== undefined && unit !== "" && <span className={styles["unit"]}>{unit}</span>}
      </span>
      <Below help={help} error={error} />
    </AriaNumberField>
  );
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

interface SelectProps<T extends string> extends FieldProps {
  /** Its label is read out, and not shown: what is beside it says what it is. */
  readonly isLabelHidden?: boolean;
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly choices: readonly Choice<T>[];
  readonly placeholder?: string;
}

/** One of a few. */
export function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const { label, help, error = null, value, onChange, choices } = props;
  return (
    <AriaSelect
      className={styles["field"] ?? ""}
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      isInvalid={error !== null}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
      placeholder={props.placeholder ?? "–"}
    >
      <Label className={styles["label"] ?? ""} data-hidden={props.isLabelHidden || undefined}>
        {label}
      </Label>
      <AriaButton className={styles["select"] ?? ""}>
        <SelectValue className={styles["chosen"] ?? ""} />
        <span aria-hidden="true">▾</span>
      </AriaButton>
      <Below help={help} error={error} />
      <Popover className={styles["popover"] ?? ""}>
        <ListBox className={styles["list"] ?? ""}>
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} className={styles["option"] ?? ""}>
              {choice.text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

interface SwitchProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** On or off, said in words beside it. */
export function Switch({ children, isSelected, onChange, isDisabled = false }: SwitchProps): JSX.Element {
  return (
    <AriaSwitch
      className={styles["switch"] ?? ""}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles["track"]} aria-hidden="true" />
      {children}
    </AriaSwitch>
  );
}

function Below({ help, error }: { readonly help: ReactNode; readonly error: string | null }): JSX.Element {
  return (
    <>
      {help !== undefined && (
        <Text slot="description" className={styles["help"] ?? ""}>
          {help}
        </Text>
      )}
      {error !== null && <FieldError className={styles["error"] ?? ""}>{error}</FieldError>}
    </>
  );
}
