import type { JSX } from "react";
import type { Device } from "#contract/devices.ts";
import { Button } from "../../components/button.tsx";
import { Switch } from "../../components/fields.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import { FaultElsewhere } from "./fault-elsewhere.tsx";
import faultStyles from "./faults.module.css";
import { Panel } from "./panel.tsx";
import { type FaultGroup, faultsByGroup, isSameFault, type TankFault } from "./tank-fault.ts";
import { type FaultSwitches, useFaults } from "./use-faults.ts";

interface TankFaultsProps {
  readonly device: Device;
  readonly names: readonly string[];
}

/** Every mishap a simulated tank knows, switched on and off while it runs. */
export function TankFaults({ device, names }: TankFaultsProps): JSX.Element {
  const { t } = useTranslation("devices");
  const blocked = useBlocked("admin");
  const faults = useFaults(device);
  const { active, problem } = faults;
  return (
    <Panel
      title={t("fault.title")}
      lead={t("fault.lead")}
      aside={
        active.length > 1 ? (
          <Button isPending={faults.isPending} disabledReason={blocked} onPress={() => void faults.endAll()}>
            {t("fault.endAll")}
          </Button>
        ) : undefined
      }
    >
      {blocked !== null && <p className={styles["quiet"]}>{blocked}</p>}
      <p role="status" className={active.length > 0 ? styles["trouble"] : styles["quiet"]}>
        {active.length === 0 ? t("fault.none") : t("fault.active", { count: active.length })}
      </p>
      {problem !== null && problem.details.length === 0 && <Failure problem={problem} />}
      <ElsewhereRows device={device} faults={faults} blocked={blocked} />
      <div className={faultStyles["faultGroups"]}>
        {faultsByGroup(names).map(([group, ofGroup]) => (
          <Group key={group} group={group} names={ofGroup} faults={faults} isDisabled={blocked !== null} />
        ))}
        <FaultElsewhere device={device} names={names} faults={faults} blocked={blocked} />
      </div>
    </Panel>
  );
}

interface RowsProps {
  readonly device: Device;
  readonly faults: FaultSwitches;
  readonly blocked: string | null;
}

/** Mishaps on a channel somebody chose; the usual ones have their switch below. */
function ElsewhereRows({ device, faults, blocked }: RowsProps): JSX.Element | null {
  const { t } = useTranslation("devices");
  const words = useDeviceWords();
  const chosen = faults.active.filter(({ key }) => key !== null);
  if (chosen.length === 0) return null;
  const nameOf = (key: string | null) => device.channels.find((channel) => channel.key === key)?.name ?? key ?? "";
  return (
    <ul className={faultStyles["faults"]}>
      {chosen.map((fault) => (
        <li key={`${fault.name} ${fault.key}`} className={faultStyles["struck"]}>
          <span>
            {words.fault(fault.name).name} <small>{t("fault.strikes", { target: nameOf(fault.key) })}</small>
          </span>
          <Button
            isPending={isTold(faults, fault)}
            disabledReason={blocked}
            isReasonHidden
            onPress={() => void faults.set(fault, false)}
          >
            {t("fault.end")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface GroupProps {
  readonly group: FaultGroup;
  readonly names: readonly string[];
  readonly faults: FaultSwitches;
  readonly isDisabled: boolean;
}

function Group({ group, names, faults, isDisabled }: GroupProps): JSX.Element {
  const { t } = useTranslation("devices");
  const isAny = (name: string) => faults.active.some((fault) => fault.name === name && fault.key === null);
  const count = names.filter(isAny).length;
  return (
    <details className={faultStyles["faultGroup"]}>
      <summary>
        {t(`faultGroup.${group}`)}
        {count > 0 && <span className={faultStyles["count"]}>{t("fault.active", { count })}</span>}
      </summary>
      <ul className={faultStyles["faults"]}>
        {names.map((name) => (
          <FaultRow
            key={name}
            fault={{ name, key: null }}
            isActive={isAny(name)}
            faults={faults}
            isDisabled={isDisabled}
          />
        ))}
      </ul>
    </details>
  );
}

interface FaultRowProps {
  readonly fault: TankFault;
  readonly isActive: boolean;
  readonly faults: FaultSwitches;
  readonly isDisabled: boolean;
}

function FaultRow({ fault, isActive, faults, isDisabled }: FaultRowProps): JSX.Element {
  const { t } = useTranslation("devices");
  const { name, effect } = useDeviceWords().fault(fault.name);
  return (
    <li>
      <Switch
        isSelected={isActive}
        isDisabled={isDisabled || faults.isPending}
        onChange={(next) => void faults.set(fault, next)}
      >
        <span className={faultStyles["faultWords"]}>
          {name}
          <small>{isTold(faults, fault) ? t("fault.pending") : effect}</small>
        </span>
      </Switch>
    </li>
  );
}

function isTold({ pending }: FaultSwitches, fault: TankFault): boolean {
  return pending !== null && isSameFault(pending, fault);
}
