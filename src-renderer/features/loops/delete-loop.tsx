import { Trash2 } from "lucide-react";
import { type JSX, useState } from "react";
import { useLocation } from "wouter";
import type { Loop } from "#contract/loops.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { noteLoop } from "./loop-form.tsx";

/** Takes a loop away for good, and says what becomes of its outputs. */
export function DeleteLoop({ loop }: { readonly loop: Loop }): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const devices = useTank((s) => s.devices);
  const driven = new Set<string>(outputsOf(loop));
  const outputs = channelsOf(devices).flatMap(({ id, name }) => (driven.has(id) ? [name] : []));
  const remove = async (): Promise<void> => {
    if (!(await act.run(() => core.api.loops.delete.mutate({ id: loop.id })))) return;
    navigate("/control", { replace: true });
    noteLoop(loop.id, null);
  };
  return (
    <div>
      <Button kind="danger" disabledReason={blocked} onPress={() => setAsking(true)}>
        <Trash2 aria-hidden="true" />
        {t("remove.open")}
      </Button>
      {isAsking && (
        <Dialog title={t("remove.title", { name: loop.name })} isOpen isAlert onClose={() => setAsking(false)}>
          <p>{outputs.length === 0 ? t("remove.helpNone") : t("remove.help", { outputs: outputs.join(", ") })}</p>
          {act.problem !== null && <Failure problem={act.problem} />}
          <DialogActions>
            <Button onPress={() => setAsking(false)} autoFocus>
              {t("common:action.cancel")}
            </Button>
            <Button kind="danger" disabledReason={blocked} isPending={act.isPending} onPress={() => void remove()}>
              {t("remove.do")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}
