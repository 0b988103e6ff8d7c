import { CircleAlert } from "lucide-react";
import { type JSX, useState } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { Output } from "#contract/outputs.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useAct } from "../../stores/use-act.ts";
import styles from "./output-card.module.css";
import { useReasonWords } from "./use-reason-words.ts";

/** What is wrong with an output; where it stays so until a person resets it, the way to do that. */
export function OutputFaults({ output }: { readonly output: Output }): JSX.Element | null {
  const { t } = useTranslation(["equipment", "common"]);
  const formats = useFormats();
  const words = useReasonWords();
  const reason = useBlocked("operator");
  const [isAsking, setAsking] = useState(false);
  if (output.faults.length === 0) return null;
  const isLatched = output.faults.some(({ latched }) => latched);
  return (
    <div className={styles["faults"]}>
      {output.faults.map((fault) => (
        <p key={fault.code + fault.since}>
          <CircleAlert aria-hidden="true" />
          <span>
            {words.reason(fault)}{" "}
            <small>{t("fault.since", { time: formats.dateTime(Date.parse(fault.since)) })}</small>
          </span>
        </p>
      ))}
      {isLatched && (
        <Button kind="danger" disabledReason={reason} isReasonHidden onPress={() => setAsking(true)}>
          {t("fault.reset")}
        </Button>
      )}
      {isAsking && <ResetDialog output={output} onClose={() => setAsking(false)} />}
    </div>
  );
}

interface ResetDialogProps {
  readonly output: Output;
  readonly onClose: () => void;
}

function ResetDialog({ output, onClose }: ResetDialogProps): JSX.Element {
  const { t } = useTranslation(["equipment", "common"]);
  const words = useReasonWords();
  const reason = useBlocked("operator");
  const act = useAct();
  const reset = async (): Promise<void> => {
    const isDone = await act.run(() => core.api.outputs.reset.mutate({ channelId: output.channelId }));
    if (isDone) onClose();
  };
  return (
    <Dialog title={t("fault.resetTitle", { name: output.name })} isOpen isAlert onClose={onClose}>
      {output.faults
        .filter(({ latched }) => latched)
        .map((fault) => (
          <p key={fault.code + fault.since}>{words.reason(fault)}</p>
        ))}
      <p>{t("fault.resetHelp")}</p>
      {act.problem !== null && <Failure problem={act.problem} />}
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t("common:action.cancel")}
        </Button>
        <Button kind="danger" disabledReason={reason} isPending={act.isPending} onPress={() => void reset()}>
          {t("fault.resetNow")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
