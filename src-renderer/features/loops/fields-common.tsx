import type { JSX } from "react";
import { Switch, TextField } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { useProblemWords } from "../control/form/use-problem-words.ts";

interface NamedDraft {
  readonly name: string;
}

/** What it is called. */
export function NameRow<D extends NamedDraft>({ form }: { readonly form: DraftForm<D> }): JSX.Element {
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const problem = form.problemAt("name");
  return (
    <TextField
      label={t("form.name")}
      value={form.draft.name}
      onChange={(name) => form.set({ name } as Partial<D>)}
      error={problem?.kind === "rule" ? t("form.nameCharacters") : words.of(problem)}
      isDisabled={form.isDisabled}
    />
  );
}

interface ExplainedSwitchProps {
  readonly label: string;
  readonly help: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled: boolean;
}

/** A switch and what it means. */
export function ExplainedSwitch(props: ExplainedSwitchProps): JSX.Element {
  const { label, help, isSelected, onChange, isDisabled } = props;
  return (
    <div>
      <Switch isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
        {label}
      </Switch>
      <p className={styles["small"]}>{help}</p>
    </div>
  );
}

interface EnabledDraft {
  readonly isEnabled: boolean;
}

/** Whether it is at work at all. */
export function EnabledRow<D extends EnabledDraft>({ form }: { readonly form: DraftForm<D> }): JSX.Element {
  const { t } = useTranslation("control");
  return (
    <ExplainedSwitch
      label={t("form.enabled")}
      help={t("form.enabledHelp")}
      isSelected={form.draft.isEnabled}
      onChange={(isEnabled) => form.set({ isEnabled } as Partial<D>)}
      isDisabled={form.isDisabled}
    />
  );
}
