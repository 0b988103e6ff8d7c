import { Plus, X } from "lucide-react";
import { type JSX, type ReactNode, useId } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Button } from "../button.tsx";
import { TextField } from "../fields.tsx";
import styles from "./schema-form.module.css";

interface TextListFieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error: string | null;
  readonly items: readonly string[];
  readonly onChange: (items: readonly string[]) => void;
  readonly isDisabled: boolean;
}

/** Any number of texts, a line each. */
export function TextListField({
  label,
  help,
  error,
  items,
  onChange,
  isDisabled,
}: TextListFieldProps): JSX.Element {
  const { t } = useTranslation("devices");
  const titleId = useId();
  return (
    <fieldset className={styles["group"]} aria-labelledby={titleId} disabled={isDisabled}>
      <legend id={titleId}>{label}</legend>
      {help !== undefined && <p className={styles["note"]}>{help}</p>}
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; two may say the same
        <div key={at} className={styles["line"]}>
          <TextField
            label={t("form.item", { number: at + 1 })}
            value={item}
            isDisabled={isDisabled}
            onChange={(text) => onChange(items.with(at, text))}
          />
          {!isDisabled && (
            <Button
              kind="quiet"
              label={t("form.removeItem", { number: at + 1 })}
              onPress={() => onChange(items.toSpliced(at, 1))}
            >
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      {error !== null && (
        <p className={styles["error"]} role="alert">
          {error}
        </p>
      )}
      {!isDisabled && (
        <div>
          <Button onPress={() => onChange([...items, ""])}>
            <Plus aria-hidden="true" />
            {t("form.addItem")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
