import { type JSX, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useAct } from "../../stores/use-act.ts";

interface RefillButtonProps {
  readonly loopId: string;
  readonly name: string;
  readonly containerMl: number;
}

/** Somebody filled a doser's container: it is counted from full again. */
export function RefillButton({ loopId, name, containerMl }: RefillButtonProps): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  const formats = useFormats();
  const blocked = useBlocked("operator");
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const refill = async (): Promise<void> => {
    if (await act.run(() => core.api.loops.refill.mutate({ id: loopId }))) setAsking(false);
  };
  return (
    <>
      <Button disabledReason={blocked} isReasonHidden onPress={() => setAsking(true)}>
        {t("card.refill")}
      </Button>
      {isAsking && (
        <Dialog title={t("card.refillTitle", { name })} isOpen isAlert onClose={() => setAsking(false)}>
          <p>{t("card.refillHelp", { container: formats.number(containerMl, 0) })}</p>
          {act.problem !== null && <Failure problem={act.problem} />}
          <DialogActions>
            <Button onPress={() => setAsking(false)} autoFocus>
              {t("common:action.cancel")}
            </Button>
            <Button
              kind="primary"
              disabledReason={blocked}
              isPending={act.isPending}
              onPress={() => void refill()}
            >
              {t("card.refill")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
