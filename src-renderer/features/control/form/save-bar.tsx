import type { JSX, ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Failure } from "../../../components/states.tsx";
import { useTranslation } from "../../../i18n/use-translation.ts";
import styles from "./form.module.css";
import type { DraftForm } from "./use-draft-form.ts";

interface SaveBarProps<D extends object> {
  readonly form: DraftForm<D>;
  /** What the button says instead of "Save". */
  readonly action?: string;
  readonly children?: ReactNode;
}

/** The way to save a form, why it cannot be saved, and what the core said against it. */
export function SaveBar<D extends object>({ form, action, children }: SaveBarProps<D>): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  return (
    <>
      {form.problem !== null && <Failure problem={form.problem} />}
      {form.otherRefusals.length > 0 && (
        <ul className={styles["error"]}>
          {form.otherRefusals.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <div className={styles["save"]}>
        <Button type="submit" kind="primary" isPending={form.isPending} disabledReason={form.saveBlocked}>
          {form.isPending ? t("common:action.saving") : (action ?? t("common:action.save"))}
        </Button>
        {children}
        <span className={styles["said"]} role="status">
          {form.isSaved ? t("form.saved") : ""}
        </span>
      </div>
    </>
  );
}
