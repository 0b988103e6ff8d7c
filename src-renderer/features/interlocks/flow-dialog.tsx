import { type JSX, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { NumberField } from "../../components/fields.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { flowFrom } from "./pump-run.ts";
import { PumpRunState } from "./pump-run-state.tsx";
import { usePumpRun } from "./use-pump-run.ts";

interface FlowDialogProps {
  readonly channel: Channel;
  readonly onFlow: (flowMlPerS: number) => void;
  readonly onClose: () => void;
}

const FIRST_RUN_S = 30;

/** A pump's flow in three steps: let it run into a cylinder, say what came, take the figure. */
export function FlowDialog({ channel, onFlow, onClose }: FlowDialogProps): JSX.Element {
  const { t } = useTranslation(["interlocks", "common"]);
  const pump = usePumpRun(channel.id);
  const [forS, setForS] = useState(FIRST_RUN_S);
  const [measuredMl, setMeasuredMl] = useState(Number.NaN);
  const tooLong = useTooLong(channel, forS);
  const isDone = pump.run.stage === "done";
  const flow = pump.run.stage === "done" ? flowFrom(measuredMl, pump.run.ranS) : null;
  const close = (): void => {
    if (pump.isBusy) pump.stop();
    onClose();
  };
  const start = (): void => {
    setMeasuredMl(Number.NaN);
    pump.start(forS);
  };
  return (
    <Dialog title={t("calibrate.title", { name: channel.name })} isOpen isAlert onClose={close}>
      <p>{t("calibrate.intro")}</p>
      <NumberField
        label={t("calibrate.runFor")}
        unit="s"
        decimals={0}
        value={forS}
        onChange={setForS}
        error={tooLong}
        isDisabled={pump.isBusy}
      />
      <PumpRunState run={pump.run} channelId={channel.id} />
      {pump.problem !== null && <Failure problem={pump.problem} />}
      {isDone && (
        <NumberField
          label={t("calibrate.measured")}
          unit="mL"
          decimals={2}
          value={measuredMl}
          onChange={setMeasuredMl}
        />
      )}
      {flow !== null && <Result flow={flow} before={channel.equipment?.flowMlPerS ?? null} />}
      <DialogActions>
        <Button onPress={close}>{t("common:action.cancel")}</Button>
        {pump.isBusy ? (
          <Button kind="danger" onPress={pump.stop}>
            {t("calibrate.stop")}
          </Button>
        ) : (
          <RunButton isAgain={isDone} forS={forS} tooLong={tooLong} onPress={start} />
        )}
        {isDone && (
          <Button
            kind="primary"
            disabledReason={flow === null ? t("calibrate.needsMl") : null}
            onPress={() => flow !== null && onFlow(flow)}
          >
            {t("calibrate.use")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** A run longer than the pump may be on would latch it. */
function useTooLong({ guards }: Channel, forS: number): string | null {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const mostS = guards?.maxOnS ?? null;
  if (mostS === null || forS < mostS) return null;
  return t("calibrate.tooLong", { most: formats.duration(mostS * 1_000) });
}

interface RunButtonProps {
  readonly isAgain: boolean;
  readonly forS: number;
  readonly tooLong: string | null;
  readonly onPress: () => void;
}

function RunButton({ isAgain, forS, tooLong, onPress }: RunButtonProps): JSX.Element {
  const { t } = useTranslation(["interlocks", "common"]);
  const blocked = useBlocked("operator");
  const reason = blocked ?? tooLong ?? (forS >= 1 ? null : t("common:blocked.invalid"));
  return (
    <Button
      kind={isAgain ? "plain" : "primary"}
      disabledReason={reason}
      isReasonHidden={tooLong !== null}
      onPress={onPress}
    >
      {t(isAgain ? "calibrate.again" : "calibrate.run")}
    </Button>
  );
}

interface ResultProps {
  readonly flow: number;
  readonly before: number | null;
}

function Result({ flow, before }: ResultProps): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { number } = useFormats();
  const words = { flow: number(flow, 3) };
  return (
    <p role="status">
      {before === null
        ? t("calibrate.result", words)
        : t("calibrate.resultBefore", { ...words, before: number(before, 3) })}
    </p>
  );
}
