import { X } from "lucide-react";
import { type JSX, type ReactNode, useId } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";

interface RuleItemProps {
  readonly title: string;
  /** null: it cannot be taken away. */
  readonly onRemove: (() => void) | null;
  readonly children: ReactNode;
}

/** One condition or action, with the way to take it away. */
export function RuleItem({ title, onRemove, children }: RuleItemProps): JSX.Element {
  const { t } = useTranslation("control");
  const titleId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have its button beside its legend
    <div className={styles["item"]} role="group" aria-labelledby={titleId}>
      <div className={styles["item-head"]}>
        <h3 id={titleId}>{title}</h3>
        {onRemove !== null && (
          <Button kind="quiet" label={t("rule.remove", { title })} onPress={onRemove}>
            <X aria-hidden="true" />
          </Button>
        )}
      </div>
      {children}
    </div>
  );
}
