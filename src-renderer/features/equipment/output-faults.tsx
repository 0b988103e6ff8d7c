import { CircleAlert } from "lucide-react";
import { type JSX, lazy, useState } from "react";
import type { Output } from "#contract/outputs.ts";
import { Button } from "../../components/button.tsx";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { learnAll } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import styles from "./output-card.module.css";
import { useReasonWords } from "./use-reason-words.ts";

const FaultDialog = lazy(async () => {
  const [{ FaultDialog: Asks }] = await Promise.all([import("../interlocks/fault-dialog.tsx"), learnAll()]);
  return { default: Asks };
});

/** What is wrong with an output; where it stays so until a person resets it, the way to do that. */
export function OutputFaults({ output }: { readonly output: Output }): JSX.Element | null {
  const { t } = useTranslation("equipment");
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
      {isAsking && (
        <LoadBoundary>
          <FaultDialog output={output} onClose={() => setAsking(false)} />
        </LoadBoundary>
      )}
    </div>
  );
}
