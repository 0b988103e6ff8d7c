import { Plus } from "lucide-react";
import { type JSX, useState } from "react";
import { useLocation } from "wouter";
import type { Device, DeviceType } from "#contract/devices.ts";
import { Button } from "../../components/button.tsx";
import { Select, TextField } from "../../components/fields.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import { AcquisitionNotice } from "./acquisition-notice.tsx";
import { DeviceCard } from "./device-card.tsx";
import { type DeviceFilter, devicesFitting, EVERY_DEVICE, SEARCH_FROM } from "./device-filter.ts";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import { pollingFactsOf } from "./polling-facts.ts";
import { useDeviceTypes, usePolling } from "./use-facts.ts";

/** Everything that measures or drives the tank, and how it is doing. */
export function DevicesPage(): JSX.Element {
  const { t } = useTranslation("devices");
  const devices = useTank((s) => s.devices);
  const types = useDeviceTypes();
  return (
    <Page
      title={t("title")}
      lead={devices.size > 0 ? <Summary devices={[...devices.values()]} /> : undefined}
      parent={{ href: "/settings", title: t("settings") }}
      actions={devices.size > 0 ? <AddButton /> : undefined}
    >
      {types.problem !== null && <Failure problem={types.problem} onRetry={types.retry} />}
      {devices.size > 0 && <DeviceList devices={devices} types={types.value ?? []} />}
      {devices.size === 0 && (types.value === null ? <Loading /> : <NoDevices />)}
    </Page>
  );
}

function Summary({ devices }: { readonly devices: readonly Device[] }): JSX.Element {
  const { t } = useTranslation("devices");
  const offline = devices.filter(({ status }) => status.state === "offline").length;
  return (
    <p>
      {t("lead", { count: devices.length })} {offline > 0 && t("leadOffline", { count: offline })}
    </p>
  );
}

function AddButton(): JSX.Element {
  const { t } = useTranslation("devices");
  const [, navigate] = useLocation();
  return (
    <Button kind="primary" disabledReason={useBlocked("admin")} onPress={() => navigate("/settings/devices/new")}>
      <Plus aria-hidden="true" />
      {t("add")}
    </Button>
  );
}

function NoDevices(): JSX.Element {
  const { t } = useTranslation("devices");
  return (
    <Empty title={t("empty")}>
      <p>{t("emptyHelp")}</p>
      <AddButton />
    </Empty>
  );
}

interface DeviceListProps {
  readonly devices: ReadonlyMap<string, Device>;
  readonly types: readonly DeviceType[];
}

function DeviceList({ devices, types }: DeviceListProps): JSX.Element {
  const { t } = useTranslation("devices");
  const words = useDeviceWords();
  const polling = usePolling();
  const [filter, setFilter] = useState<DeviceFilter>(EVERY_DEVICE);
  const typeOf = (type: string) => types.find((candidate) => candidate.type === type) ?? null;
  const titleOf = (type: string) => words.typeTitle(type, typeOf(type)?.title);
  const shown = devicesFitting(devices.values(), filter, titleOf);
  const pollers = polling.value?.pollers ?? [];
  return (
    <>
      {polling.value?.isRunning === false && <AcquisitionNotice onStarted={polling.retry} />}
      {devices.size >= SEARCH_FROM && <FilterBar filter={filter} onChange={setFilter} />}
      {shown.length === 0 && (
        <Empty title={t("nothingFits")}>
          <p>{t("nothingFitsHelp")}</p>
          <Button onPress={() => setFilter(EVERY_DEVICE)}>{t("showAll")}</Button>
        </Empty>
      )}
      <ul className={styles["list"]}>
        {shown.map((device) => (
          <li key={device.id}>
            <DeviceCard
              device={device}
              title={titleOf(device.type)}
              category={typeOf(device.type)?.category ?? null}
              facts={pollingFactsOf(pollers, device.id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface FilterBarProps {
  readonly filter: DeviceFilter;
  readonly onChange: (filter: DeviceFilter) => void;
}

function FilterBar({ filter, onChange }: FilterBarProps): JSX.Element {
  const { t } = useTranslation("devices");
  return (
    <search className={styles["filter"]}>
      <TextField
        label={t("search")}
        type="search"
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <Select
        label={t("filter")}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
        choices={[
          { value: "all", text: t("all") },
          { value: "online", text: t("state.online") },
          { value: "offline", text: t("state.offline") },
          { value: "disabled", text: t("state.disabled") },
        ]}
      />
    </search>
  );
}
