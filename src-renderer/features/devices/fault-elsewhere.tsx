import { type JSX, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import type { FaultDetail } from "#contract/errors.ts";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import faultStyles from "./faults.module.css";
import panelStyles from "./panel.module.css";
import { isSameFault } from "./tank-fault.ts";
import type { FaultSwitches } from "./use-faults.ts";

interface FaultElsewhereProps {
  readonly device: Device;
  readonly names: readonly string[];
  readonly faults: FaultSwitches;
  readonly blocked: string | null;
}

/** A mishap on a channel of the keeper's choice. Which ones it may strike the core knows, and says. */
export function FaultElsewhere({ device, names, faults, blocked }: FaultElsewhereProps): JSX.Element {
  const { t } = useTranslation("devices");
  const words = useDeviceWords();
  const [name, setName] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const fault = name === null || key === null ? null : { name, key };
  const isRunning = fault !== null && faults.active.some((other) => isSameFault(other, fault));
  const missing = fault === null ? t("fault.choose") : null;
  const refusal = fault === null ? null : refusalWords(faults.problem?.details ?? [], device.channels);
  return (
    <details className={faultStyles["faultGroup"]}>
      <summary>{t("fault.elsewhere")}</summary>
      <div className={panelStyles["form"]}>
        <p className={styles["quiet"]}>{t("fault.elsewhereHelp")}</p>
        <Select
          label={t("fault.which")}
          value={name}
          onChange={setName}
          isDisabled={blocked !== null}
          choices={names.map((value) => ({ value, text: words.fault(value).name }))}
        />
        <Select
          label={t("fault.channel")}
          value={key}
          onChange={setKey}
          isDisabled={blocked !== null}
          choices={device.channels.map((channel) => ({ value: channel.key, text: channel.name }))}
        />
        {refusal !== null && (
          <p className={styles["trouble"]} role="alert">
            {refusal}
          </p>
        )}
        <div className={panelStyles["actions"]}>
          <Button
            isPending={faults.isPending}
            disabledReason={blocked ?? missing ?? (isRunning ? t("fault.running") : null)}
            onPress={() => {
              if (fault !== null) void faults.set(fault, true);
            }}
          >
            {t("fault.strike")}
          </Button>
        </div>
      </div>
    </details>
  );
}

/** What the core says of a mishap that cannot strike there, its channels by their names. */
function refusalWords(details: readonly FaultDetail[], channels: readonly Channel[]): string | null {
  const [first] = details;
  if (first === undefined) return null;
  return first.message.replaceAll(/[a-z0-9]+(?:-[a-z0-9]+)*/g, (word) => {
    return channels.find(({ key }) => key === word)?.name ?? word;
  });
}
