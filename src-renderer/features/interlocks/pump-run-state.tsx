import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useOutput } from "../../stores/tank.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import type { PumpRun } from "./pump-run.ts";

interface PumpRunStateProps {
  readonly run: PumpRun;
  readonly channelId: string;
}

/** What the pump does; where it does not run, why. */
export function PumpRunState({ run, channelId }: PumpRunStateProps): JSX.Element | null {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const words = useReasonWords();
  const nowMs = useTankNowMs();
  const output = useOutput(channelId);
  switch (run.stage) {
    case "idle":
      return null;
    case "asked": {
      const [block] = output?.blockedBy ?? [];
      return (
        <p role="status">
          {block === undefined ? t("calibrate.wait") : t("calibrate.notRunning", { reason: words.reason(block) })}
        </p>
      );
    }
    case "running":
      return (
        <p>{t("calibrate.running", { left: formats.duration(run.startedAtMs + run.forS * 1_000 - nowMs) })}</p>
      );
    case "done":
      return <p role="status">{t("calibrate.ran", { ran: `${formats.number(run.ranS, 1)} s` })}</p>;
  }
}
