import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { Device, DeviceType } from "#contract/devices.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { DeviceState, SimulatedBadge } from "./device-state.tsx";
import styles from "./devices.module.css";
import { useIntervalWords } from "./interval-words.ts";
import type { PollingFacts } from "./polling-facts.ts";
import { TypeIcon } from "./type-icon.tsx";

interface DeviceCardProps {
  readonly device: Device;
  readonly title: string;
  readonly category: DeviceType["category"] | null;
  /** null: it is not polled. */
  readonly facts: PollingFacts | null;
}

/** One device in the list: what it is, how it is, and how it is read. The whole card leads to its page. */
export function DeviceCard({ device, title, category, facts }: DeviceCardProps): JSX.Element {
  const { t } = useTranslation("devices");
  const { name, status, channels, simulated } = device;
  return (
    <Link href={`/settings/devices/${device.id}`} className={styles["card"]} data-state={status.state}>
      <TypeIcon category={category} />
      <span className={styles["what"]}>
        <span className={styles["name"]}>
          {name}
          {simulated && <SimulatedBadge />}
        </span>
        <span className={styles["quiet"]}>
          {title} · {channels.length === 0 ? t("noChannels") : t("channels", { count: channels.length })}
        </span>
        {status.lastError !== null && <span className={styles["trouble"]}>{status.lastError}</span>}
      </span>
      <span className={styles["how"]}>
        <DeviceState status={status} />
        {facts !== null && <PollingLine facts={facts} />}
      </span>
      <ChevronRight className={styles["chevron"]} aria-hidden="true" />
    </Link>
  );
}

function PollingLine({ facts }: { readonly facts: PollingFacts }): JSX.Element {
  const { t } = useTranslation("devices");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const { lastReadingAtMs, failures, consecutiveFailures } = facts;
  const intervalOf = useIntervalWords();
  const said = [
    t("readEvery", { interval: facts.intervalsS.map(intervalOf).join(", ") }),
    lastReadingAtMs === null ? t("neverRead") : t("lastRead", { age: formats.duration(nowMs - lastReadingAtMs) }),
    ...(consecutiveFailures > 0 ? [t("inARow", { count: consecutiveFailures })] : []),
    ...(consecutiveFailures === 0 && failures > 0 ? [t("failures", { count: failures })] : []),
  ];
  return <span className={styles["quiet"]}>{said.join(" · ")}</span>;
}
