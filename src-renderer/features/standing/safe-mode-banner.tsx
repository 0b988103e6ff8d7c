import { ShieldAlert } from "lucide-react";
import { type JSX, useState } from "react";
import type { SafeMode } from "#contract/system.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import styles from "./standing.module.css";

/** The program crashed again and again, and keeps to life support: since when, until when, and the way to end it. */
export function SafeModeBanner({ safeMode }: { readonly safeMode: SafeMode }): JSX.Element {
  const { t } = useTranslation("modes");
  const formats = useFormats();
  const blocked = useBlocked("operator");
  const [isAsking, setAsking] = useState(false);
  const { since, endsAt } = safeMode;
  return (
    <section className={styles["banner"]} data-banner="" data-tone="look" aria-label={t("safeMode.title")}>
      <ShieldAlert aria-hidden="true" />
      <div className={styles["words"]}>
        <p className={styles["left"]} role="status">
          {t("safeMode.banner", { since: since === null ? "–" : formats.dateTime(Date.parse(since)) })}
        </p>
        {endsAt !== null && (
          <p className={styles["more"]}>{t("safeMode.until", { time: formats.time(Date.parse(endsAt)) })}</p>
        )}
      </div>
      <Button disabledReason={blocked} isReasonHidden onPress={() => setAsking(true)}>
        {t("safeMode.end")}
      </Button>
      {isAsking && <EndDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

function EndDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation(["modes", "common"]);
  const blocked = useBlocked("operator");
  const act = useAct();
  const end = async (): Promise<void> => {
    const isDone = await act.run(async () => {
      const told = await core.api.system.endSafeMode.mutate();
      useTank.setState({ safeMode: told.isActive ? told : null });
    });
    if (isDone) onClose();
  };
  return (
    <Dialog title={t("safeMode.endTitle")} isOpen isAlert onClose={onClose}>
      <p>{t("safeMode.endHelp")}</p>
      {act.problem !== null && <Failure problem={act.problem} />}
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t("common:action.cancel")}
        </Button>
        <Button kind="primary" disabledReason={blocked} isPending={act.isPending} onPress={() => void end()}>
          {t("safeMode.endNow")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
