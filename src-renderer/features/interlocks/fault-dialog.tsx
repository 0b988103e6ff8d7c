import { Check, RotateCcw } from "lucide-react";
import { type JSX, useState } from "react";
import type { Output, OutputFault } from "#contract/outputs.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { HoldButton } from "../../components/hold-button.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useAct } from "../../stores/use-act.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import { faultChecks } from "./fault-checks.ts";
import styles from "./interlocks.module.css";

interface FaultDialogProps {
  readonly output: Output;
  readonly onClose: () => void;
}

/** A fault that waits for a person: what happened and since when, what to look at, and only then the reset. */
export function FaultDialog({ output, onClose }: FaultDialogProps): JSX.Element {
  const { t, i18n } = useTranslation(["interlocks", "common"]);
  const blocked = useBlocked("operator");
  const act = useAct();
  const latched = output.faults.filter((fault) => fault.latched);
  const checks = [...new Set(latched.flatMap(({ code }) => faultChecks(i18n, code, output.role)))];
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const isSeenTo = checks.every((text) => seen.has(text));
  const reset = async (): Promise<void> => {
    if (await act.run(() => core.api.outputs.reset.mutate({ channelId: output.channelId }))) onClose();
  };
  const tick = (text: string, isTicked: boolean): void => {
    setSeen((before) => new Set(isTicked ? [...before, text] : [...before].filter((other) => other !== text)));
  };
  return (
    <Dialog title={t("fault.title", { name: output.name })} isOpen isAlert onClose={onClose}>
      {latched.map((fault) => (
        <Happened key={fault.code + fault.since} fault={fault} />
      ))}
      <p className={styles["note"]}>{t("fault.lead")}</p>
      <ul className={styles["checks"]}>
        {checks.map((text) => (
          <li key={text}>
            <label className={styles["check"]}>
              <input
                type="checkbox"
                className={styles["tick"]}
                checked={seen.has(text)}
                onChange={(event) => tick(text, event.currentTarget.checked)}
              />
              <span className={styles["box"]}>{seen.has(text) && <Check aria-hidden="true" />}</span>
              {text}
            </label>
          </li>
        ))}
      </ul>
      {act.problem !== null && <Failure problem={act.problem} />}
      <p className={styles["note"]}>{isSeenTo ? t("fault.after") : t("fault.tick")}</p>
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t("common:action.cancel")}
        </Button>
        <HoldButton
          hint={t("fault.holdHint")}
          disabledReason={isSeenTo ? blocked : t("fault.tick")}
          onHeld={() => {
            if (!act.isPending) void reset();
          }}
        >
          <RotateCcw aria-hidden="true" />
          {t("fault.hold")}
        </HoldButton>
      </DialogActions>
      {isSeenTo && blocked !== null && <p className={styles["note"]}>{blocked}</p>}
    </Dialog>
  );
}

function Happened({ fault }: { readonly fault: OutputFault }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const words = useReasonWords();
  const nowMs = useTankNowMs();
  const sinceMs = Date.parse(fault.since);
  return (
    <p className={styles["happened"]}>
      {words.reason(fault)}
      <small>
        {t("fault.since", { time: formats.dateTime(sinceMs), age: formats.duration(nowMs - sinceMs) })}
      </small>
    </p>
  );
}
