import type { JSX } from "react";
import { Link } from "wouter";
import type { Device, DeviceType } from "#contract/devices.ts";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import { DeleteDevice } from "./delete-device.tsx";
import { DeviceChannels } from "./device-channels.tsx";
import { DeviceSettings } from "./device-settings.tsx";
import { SimulatedBadge } from "./device-state.tsx";
import { DeviceStatusPanel } from "./device-status-panel.tsx";
import { DeviceTest } from "./device-test.tsx";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import { EnableDevice } from "./enable-device.tsx";
import panelStyles from "./panel.module.css";
import { faultNamesOf } from "./tank-fault.ts";
import { TankFaults } from "./tank-faults.tsx";
import { useDeviceTypes } from "./use-facts.ts";

const NO_FAULTS: readonly string[] = [];

/** One device: how it is, what it offers, and everything that can be done with it. */
export function DevicePage({ deviceId }: { readonly deviceId: string }): JSX.Element {
  const { t } = useTranslation("devices");
  const device = useTank((s) => s.devices.get(deviceId));
  const { value: types, problem, retry } = useDeviceTypes();
  const parent = { href: "/settings/devices", title: t("title") };
  if (device === undefined) {
    return (
      <Page title={types === null ? t("title") : t("device.gone")} parent={parent}>
        {types === null ? <Loading /> : <Gone />}
      </Page>
    );
  }
  const type = types?.find((candidate) => candidate.type === device.type) ?? null;
  const faultNames = type === null ? NO_FAULTS : faultNamesOf(type);
  return (
    <Page title={device.name} lead={<Lead device={device} type={type} />} parent={parent}>
      <div className={panelStyles["columns"]}>
        <div className={panelStyles["column"]}>
          <DeviceStatusPanel device={device} />
          <DeviceTest deviceId={device.id} />
          <DeviceChannels channels={device.channels} />
          <div className={panelStyles["last"]}>
            <EnableDevice device={device} />
            <DeleteDevice device={device} />
          </div>
        </div>
        <div className={panelStyles["column"]}>
          {faultNames.length > 0 && <TankFaults device={device} names={faultNames} />}
          {types === null && problem === null && <Loading lines={6} />}
          {problem !== null && <Failure problem={problem} onRetry={retry} />}
          {type !== null && <DeviceSettings device={device} type={type} hasFaults={faultNames.length > 0} />}
        </div>
      </div>
    </Page>
  );
}

function Lead({ device, type }: { readonly device: Device; readonly type: DeviceType | null }): JSX.Element {
  const words = useDeviceWords();
  return (
    <p className={styles["name"]}>
      {words.typeTitle(device.type, type?.title)}
      {device.simulated && <SimulatedBadge />}
    </p>
  );
}

function Gone(): JSX.Element {
  const { t } = useTranslation("devices");
  return (
    <Empty title={t("device.gone")}>
      <p>{t("device.goneHelp")}</p>
      <Link href="/settings/devices" className={styles["textLink"]}>
        {t("device.toAll")}
      </Link>
    </Empty>
  );
}
