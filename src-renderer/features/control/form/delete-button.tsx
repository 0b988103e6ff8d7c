import { Trash2 } from "lucide-react";
import { type JSX, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../components/dialog.tsx";
import { Failure } from "../../../components/states.tsx";
import { useTranslation } from "../../../i18n/use-translation.ts";
import { useBlocked } from "../../../stores/blocked.ts";
import { useAct } from "../../../stores/use-act.ts";

interface DeleteButtonProps {
  readonly words: { readonly open: string; readonly title: string; readonly doIt: string };
  /** What becomes of what depends on it. */
  readonly children: ReactNode;
  readonly onDelete: () => Promise<unknown>;
  /** Where there is something to see once it is gone. */
  readonly next: string;
  /** What to forget after that. */
  readonly onGone?: () => void;
}

/** Takes something an admin configured away for good, once asked. */
export function DeleteButton({ words, children, onDelete, next, onGone }: DeleteButtonProps): JSX.Element {
  const { t } = useTranslation("common");
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    if (!(await act.run(onDelete))) return;
    navigate(next, { replace: true });
    onGone?.();
  };
  return (
    <div>
      <Button kind="danger" disabledReason={blocked} onPress={() => setAsking(true)}>
        <Trash2 aria-hidden="true" />
        {words.open}
      </Button>
      {isAsking && (
        <Dialog title={words.title} isOpen isAlert onClose={() => setAsking(false)}>
          <p>{children}</p>
          {act.problem !== null && <Failure problem={act.problem} />}
          <DialogActions>
            <Button onPress={() => setAsking(false)} autoFocus>
              {t("action.cancel")}
            </Button>
            <Button kind="danger" disabledReason={blocked} isPending={act.isPending} onPress={() => void remove()}>
              {words.doIt}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}
