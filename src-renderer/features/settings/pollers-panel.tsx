import { type JSX, useState } from "react";
import type { AcquisitionState, PollerState } from "#contract/system.ts";
import { Button } from "../../components/button.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { FormDialog } from "./form-dialog.tsx";
import { Panel } from "./panel.tsx";
import styles from "./system.module.css";
import { useIsVisible } from "./use-is-visible.ts";

const EVERY_MS = 3_000;
const askForAcquisition = (): Promise<AcquisitionState> => core.api.acquisition.state.query();

/** Whether the sensors are read, and how well each device keeps its time. */
export function PollersPanel(): JSX.Element {
  const { t } = useTranslation("settings");
  const isOnline = useConnection((c) => c.state === "online");
  const isVisible = useIsVisible();
  const { value: acquisition, problem, retry } = useAnswer(askForAcquisition, isVisible ? EVERY_MS : undefined);
  const isRunning = acquisition?.isRunning ?? null;
  const stateWords = isRunning === null ? undefined : t(isRunning ? "polling.running" : "polling.stopped");
  const leadWords = isOnline ? stateWords : t("health.old");
  return (
    <Panel
      title={t("polling.title")}
      lead={leadWords}
      actions={isRunning !== null && <StartStop isRunning={isRunning} onChanged={retry} />}
    >
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      {acquisition === null && problem === null && <Loading />}
      {acquisition?.pollers.length === 0 && <p className={styles["nothing"]}>{t("polling.none")}</p>}
      {acquisition !== null && (
        <ul className={styles["pollers"]}>
          {acquisition.pollers.map((poller) => (
            <Poller key={poller.deviceId} poller={poller} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Poller({ poller }: { readonly poller: PollerState }): JSX.Element {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const name = useTank((s) => s.devices.get(poller.deviceId)?.name ?? poller.deviceId);
  const { state, intervalS, slots, missedSlots, failures, maxLatenessMs, lastReadingAt, lastError } = poller;
  const count = (value: number): string => formats.number(value, 0);
  const facts = [
    t("polling.every", { duration: formats.duration(intervalS * 1_000) }),
    t("polling.slots", { slots: count(slots) }),
    t("polling.missed", { missed: count(missedSlots) }),
    t("polling.failures", { failures: count(failures) }),
    t("polling.late", { lateMs: count(maxLatenessMs) }),
    lastReadingAt === null
      ? t("polling.noReading")
      : t("polling.last", { age: formats.duration(nowMs - Date.parse(lastReadingAt)) }),
  ];
  return (
    <li className={styles["poller"]} data-state={state}>
      <h3>
        {name} <span className={styles["state"]}>{t(`polling.state.${state}`)}</span>
      </h3>
      <p>{facts.join(" · ")}</p>
      {lastError !== null && <p className={styles["error"]}>{t("polling.lastError", { error: lastError })}</p>}
    </li>
  );
}

interface StartStopProps {
  readonly isRunning: boolean;
  readonly onChanged: () => void;
}

function StartStop({ isRunning, onChanged }: StartStopProps): JSX.Element {
  const { t } = useTranslation("settings");
  const blocked = useBlocked("admin");
  const [isAsking, setAsking] = useState(false);
  const { isPending, problem, run } = useAct();
  const start = async (): Promise<void> => {
    if (await run(() => core.api.acquisition.start.mutate())) onChanged();
  };
  return (
    <>
      {isRunning ? (
        <Button kind="danger" onPress={() => setAsking(true)} disabledReason={blocked}>
          {t("polling.stop")}
        </Button>
      ) : (
        <Button kind="primary" onPress={() => void start()} isPending={isPending} disabledReason={blocked}>
          {t("polling.start")}
        </Button>
      )}
      {problem !== null && <Failure problem={problem} />}
      {isAsking && (
        <FormDialog
          title={t("polling.stopTitle")}
          act={t("polling.stop")}
          kind="danger"
          disabledReason={blocked}
          onSubmit={() => core.api.acquisition.stop.mutate()}
          onClose={(isDone) => {
            setAsking(false);
            if (isDone) onChanged();
          }}
        >
          <p>{t("polling.stopHelp")}</p>
        </FormDialog>
      )}
    </>
  );
}
