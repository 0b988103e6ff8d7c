import type { JSX, ReactNode, SubmitEvent } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAct } from "../../stores/use-act.ts";
import styles from "./users.module.css";

interface FormDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says. */
  readonly act: string;
  readonly kind?: "primary" | "danger";
  /** Why it cannot be done now; null: it can. */
  readonly disabledReason: string | null;
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: (isDone: boolean) => void;
}

/** A few fields and one act: stays open, with the reason, where the core refuses. */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const { title, children, act, kind = "primary", disabledReason, onSubmit, onClose } = props;
  const { t } = useTranslation();
  const { isPending, problem, run } = useAct();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (disabledReason !== null || isPending) return;
    if (await run(onSubmit)) onClose(true);
  };
  return (
    <Dialog title={title} isOpen onClose={() => onClose(false)} isAlert={kind === "danger"}>
      <form className={styles["fields"]} onSubmit={(event) => void submit(event)}>
        {children}
        {problem !== null && <Failure problem={problem} />}
        <DialogActions>
          <Button onPress={() => onClose(false)}>{t("action.cancel")}</Button>
          <Button type="submit" kind={kind} isPending={isPending} disabledReason={disabledReason}>
            {act}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
