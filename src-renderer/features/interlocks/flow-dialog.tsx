import { type JSX, useEffect, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { NumberField } from "../../components/fields.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useOutput } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import { flowFrom, type PumpRun, stepped } from "./pump-run.ts";

interface FlowDialogProps {
  readonly channel: Channel;
  readonly onFlow: (flowMlPerS: number) => void;
  readonly onClose: () => void;
}

const FIRST_RUN_S = 30;
const FULL_PCT = 100;

/** A pump's flow in three steps: let it run into a cylinder, say what came, take the figure. */
export function FlowDialog({ channel, onFlow, onClose }: FlowDialogProps): JSX.Element {
  const { t } = useTranslation(["interlocks", "common"]);
  const formats = useFormats();
  const blocked = useBlocked("operator");
  const act = useAct();
  const output = useOutput(channel.id);
  const [forS, setForS] = useState(FIRST_RUN_S);
  const [measuredMl, setMeasuredMl] = useState(Number.NaN);
  const [run, setRun] = useState<PumpRun>({ stage: "idle" });
  useEffect(() => {
    if (output !== undefined) setRun((was) => stepped(was, output));
  }, [output]);

  const mostS = channel.guards?.maxOnS ?? null;
  const isTooLong = mostS !== null && forS > mostS;
  const flow = run.stage === "done" ? flowFrom(measuredMl, run.ranS) : null;
  const isBusy = run.stage === "asked" || run.stage === "running";
  const { id: channelId } = channel;

  const start = async (): Promise<void> => {
    setMeasuredMl(Number.NaN);
    setRun({ stage: "asked", forS });
    const isTaken = await act.run(() =>
      core.api.outputs.override.mutate({ channelId, level: FULL_PCT, durationS: Math.round(forS) }),
    );
    if (!isTaken) setRun({ stage: "idle" });
  };
  const stop = (): void => {
    void act.run(() => core.api.outputs.clearOverride.mutate({ channelId }));
    setRun((was) => (was.stage === "asked" ? { stage: "idle" } : was));
  };
  const close = (): void => {
    if (isBusy) stop();
    onClose();
  };
  const runBlocked = blocked ?? (isTooLong ? tooLong() : forS >= 1 ? null : t("common:blocked.invalid"));

  return (
    <Dialog title={t("calibrate.title", { name: channel.name })} isOpen isAlert onClose={close}>
      <p>{t("calibrate.intro")}</p>
      <NumberField
        label={t("calibrate.runFor")}
        unit="s"
        decimals={0}
        value={forS}
        onChange={setForS}
        error={isTooLong ? tooLong() : null}
        isDisabled={isBusy}
      />
      <RunState run={run} channelId={channelId} />
      {act.problem !== null && <Failure problem={act.problem} />}
      {run.stage === "done" && (
        <>
          <NumberField
            label={t("calibrate.measured")}
            unit="mL"
            decimals={2}
            value={measuredMl}
            onChange={setMeasuredMl}
          />
          {flow !== null && <p role="status">{resultWords(flow)}</p>}
        </>
      )}
      <DialogActions>
        <Button onPress={close}>{t("common:action.cancel")}</Button>
        {isBusy ? (
          <Button kind="danger" onPress={stop}>
            {t("calibrate.stop")}
          </Button>
        ) : (
          <Button
            kind={run.stage === "done" ? "plain" : "primary"}
            disabledReason={runBlocked}
            isReasonHidden={isTooLong}
            onPress={() => void start()}
          >
            {t(run.stage === "done" ? "calibrate.again" : "calibrate.run")}
          </Button>
        )}
        {run.stage === "done" && (
          <Button
            kind="primary"
            disabledReason={flow === null ? t("calibrate.needsMl") : null}
            onPress={() => {
              if (flow !== null) onFlow(flow);
            }}
          >
            {t("calibrate.use")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );

  function tooLong(): string {
    return t("calibrate.tooLong", { most: formats.duration((mostS ?? 0) * 1_000) });
  }

  function resultWords(value: number): string {
    const words = { flow: formats.number(value, 3) };
    const before = channel.equipment?.flowMlPerS ?? null;
    return before === null
      ? t("calibrate.result", words)
      : t("calibrate.resultBefore", { ...words, before: formats.number(before, 3) });
  }
}

interface RunStateProps {
  readonly run: PumpRun;
  readonly channelId: string;
}

/** What the pump does; where it does not run, why. */
function RunState({ run, channelId }: RunStateProps): JSX.Element | null {
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
