import type { JSX } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import { releasePlan } from "./release-plan.ts";
import styles from "./standing.module.css";

/** Before the emergency stop is released: what comes on, in which order, and what stays off all the same. */
export function ReleaseDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const blocked = useBlocked("operator");
  const act = useAct();
  const release = async (): Promise<void> => {
    if (await act.run(() => core.api.emergencyStop.release.mutate())) onClose();
  };
  return (
    <Dialog title={t("stop.releaseTitle")} isOpen isAlert onClose={onClose}>
      <p>{t("stop.releaseHelp")}</p>
      <Plan />
      {act.problem !== null && <Failure problem={act.problem} />}
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t("common:action.cancel")}
        </Button>
        <Button kind="primary" disabledReason={blocked} isPending={act.isPending} onPress={() => void release()}>
          {t("stop.releaseNow")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Plan(): JSX.Element {
  const { t } = useTranslation("modes");
  const words = useReasonWords();
  const outputs = useTank((s) => s.outputs);
  return (
    <section className={styles["plan"]} aria-label={t("release.title")}>
      <p>{t("release.order")}</p>
      <ul>
        {releasePlan([...outputs.values()]).map(({ output, staysBecause }) => (
          <li key={output.channelId} data-stays={staysBecause !== null || undefined}>
            <strong>{output.name}</strong>
            {staysBecause !== null && <span> {t("release.stays", { reason: words.reason(staysBecause) })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
