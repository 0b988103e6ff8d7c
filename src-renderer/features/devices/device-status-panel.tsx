import type { JSX, ReactNode } from "react";
import type { Device } from "#contract/devices.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { AcquisitionNotice } from "./acquisition-notice.tsx";
import { DeviceState } from "./device-state.tsx";
import styles from "./devices.module.css";
import { useIntervalWords } from "./interval-words.ts";
import panelStyles from "./panel.module.css";
import { Panel } from "./panel.tsx";
import { type PollingFacts, pollingFactsOf } from "./polling-facts.ts";
import { usePolling } from "./use-facts.ts";

/** Whether it answers, since when, and how its readings come in. */
export function DeviceStatusPanel({ device }: { readonly device: Device }): JSX.Element {
  const { t } = useTranslation("devices");
  const polling = usePolling();
  const facts = pollingFactsOf(polling.value?.pollers ?? [], device.id);
  return (
    <Panel title={t("device.status")} aside={<DeviceState status={device.status} />}>
      {device.status.lastError !== null && (
        <p className={styles["trouble"]} role="status">
          {device.status.lastError}
        </p>
      )}
      {polling.value?.isRunning === false && <AcquisitionNotice onStarted={polling.retry} />}
      {polling.problem !== null && (
        <p className={styles["quiet"]}>{t("factsMissing", { message: polling.problem.message })}</p>
      )}
      {facts !== null && <Facts facts={facts} />}
    </Panel>
  );
}

function Facts({ facts }: { readonly facts: PollingFacts }): JSX.Element {
  const { t } = useTranslation("devices");
  const formats = useFormats();
  const intervalOf = useIntervalWords();
  const nowMs = useTankNowMs();
  const { lastReadingAtMs, failures, consecutiveFailures } = facts;
  return (
    <>
      <dl className={panelStyles["facts"]}>
        <Fact name={t(facts.intervalsS.length > 1 ? "device.intervals" : "device.interval")}>
          {facts.intervalsS.map(intervalOf).join(", ")}
        </Fact>
        <Fact name={t("device.lastReading")}>
          {lastReadingAtMs === null
            ? t("device.never")
            : t("device.ago", { age: formats.duration(nowMs - lastReadingAtMs) })}
        </Fact>
        <Fact name={t("device.failures")} isTrouble={consecutiveFailures > 0}>
          {consecutiveFailures > 0
            ? t("device.failuresNow", { total: failures, inARow: consecutiveFailures })
            : formats.number(failures, 0)}
        </Fact>
        <Fact name={t("device.missed")}>
          {t("device.missedOf", {
            missed: formats.number(facts.missedSlots, 0),
            slots: formats.number(facts.slots, 0),
          })}
        </Fact>
        <Fact name={t("device.lateness")}>{`${formats.number(facts.maxLatenessMs, 0)} ms`}</Fact>
      </dl>
      {facts.isBackingOff && <p className={styles["quiet"]}>{t("device.backingOff")}</p>}
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly isTrouble?: boolean;
}

function Fact({ name, children, isTrouble = false }: FactProps): JSX.Element {
  return (
    <div className={panelStyles["fact"]}>
      <dt>{name}</dt>
      <dd data-trouble={isTrouble || undefined}>{children}</dd>
    </div>
  );
}
