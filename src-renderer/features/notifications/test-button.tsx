import { Send } from "lucide-react";
import { type JSX, useState } from "react";
import type { NotificationTestResult } from "#contract/notifications.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useAct } from "../../stores/use-act.ts";
import styles from "./notifications.module.css";

interface TestButtonProps {
  readonly id: string;
  readonly onTested?: () => void;
}

/** Sends one message now, and says what became of it. */
export function TestButton({ id, onTested }: TestButtonProps): JSX.Element {
  const { t } = useTranslation("notifications");
  const blocked = useBlocked("admin");
  const act = useAct();
  const [result, setResult] = useState<NotificationTestResult | null>(null);
  const test = async (): Promise<void> => {
    setResult(null);
    await act.run(async () => setResult(await core.api.notifications.test.mutate({ id })));
    onTested?.();
  };
  return (
    <div className={styles["test"]}>
      <Button disabledReason={blocked} isReasonHidden isPending={act.isPending} onPress={() => void test()}>
        <Send aria-hidden="true" />
        {act.isPending ? t("test.sending") : t("test.send")}
      </Button>
      {act.problem !== null && <Failure problem={act.problem} />}
      <p role="status" data-ok={result?.ok}>
        {result === null ? "" : t(result.ok ? "test.ok" : "test.failed", { detail: result.detail })}
      </p>
    </div>
  );
}
