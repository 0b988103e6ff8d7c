import { type JSX, useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import styles from "./devices.module.css";

/** Somebody stopped all polling: said where its devices are, with the way out. */
export function AcquisitionNotice({ onStarted }: { readonly onStarted: () => void }): JSX.Element {
  const { t } = useTranslation("devices");
  const blocked = useBlocked("admin");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const start = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    try {
      await core.api.acquisition.start.mutate();
      onStarted();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <div className={styles["notice"]} role="status">
      <p>{t("acquisitionStopped")}</p>
      <Button isPending={isPending} disabledReason={blocked} onPress={() => void start()}>
        {t("startAcquisition")}
      </Button>
      {problem !== null && <Failure problem={problem} />}
    </div>
  );
}
