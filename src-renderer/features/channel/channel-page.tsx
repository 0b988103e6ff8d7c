import { type JSX, useEffect, useRef, useState } from "react";
import { Link, useSearch } from "wouter";
import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import { Lanes } from "../../charts/lanes.tsx";
import { RangeBar } from "../../charts/range-bar.tsx";
import { tankNowMs } from "../../charts/tank-now.ts";
import { useChart } from "../../charts/use-chart.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { type AlarmMoment, momentFrom, viewAround } from "../alarms/alarm-moment.ts";
import { ChannelAlarms } from "../alarms/channel-alarms.tsx";
import { InterlockPanel } from "../interlocks/interlock-panel.tsx";
import { OutputForms } from "../interlocks/output-forms.tsx";
import { Page } from "../shell/page.tsx";
import { CalibrationForm } from "./calibration-form.tsx";
import { ChannelHistory } from "./channel-history.tsx";
import styles from "./channel-page.module.css";
import { CurrentOutput } from "./current-output.tsx";
import { CurrentValue } from "./current-value.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { Statistics } from "./statistics.tsx";

/** One channel: what it says now, what it said, and what can be set of it. */
export function ChannelPage({ channelId }: { readonly channelId: string }): JSX.Element {
  const { t } = useTranslation(["channel", "common"]);
  const devices = useTank((tank) => tank.devices);
  const channel = channelsOf(devices).find(({ id }) => id === channelId);
  const search = useSearch();
  const parent = { href: "/", title: t("common:nav.tank") };
  if (channel !== undefined) return <Known key={search} channel={channel} moment={momentFrom(search)} />;
  if (devices.size === 0) {
    return (
      <Page title={t("history.title")} parent={parent}>
        <Loading lines={8} />
      </Page>
    );
  }
  return (
    <Page title={t("notFound")} parent={parent}>
      <Empty title={t("notFound")}>{t("notFoundHelp")}</Empty>
    </Page>
  );
}

interface KnownProps {
  readonly channel: Channel;
  /** Of an alarm, where the page was opened for that. */
  readonly moment: AlarmMoment | null;
}

function Known({ channel, moment: asked }: KnownProps): JSX.Element {
  const { t } = useTranslation(["channel", "common"]);
  const device = useTank((tank) => tank.devices.get(channel.deviceId));
  const [moment] = useState(asked);
  const history = useRef<HTMLElement>(null);
  // Who comes for a moment of the past comes for its curve.
  useEffect(() => {
    if (moment !== null) history.current?.scrollIntoView({ block: "start" });
  }, [moment]);
  const controls = useChart(viewAround(moment, tankNowMs()));
  const isSensor = channel.kind === "sensor";
  const role = t(`common:role.${channel.role}`);
  const quantity = t(`common:quantity.${channel.quantity}`);
  const sensed = channel.role === "generic" ? quantity : t("lead", { quantity, role });
  const what = isSensor ? sensed : role;
  return (
    <Page
      title={channel.name}
      parent={
        isSensor
          ? { href: "/", title: t("common:nav.tank") }
          : { href: "/equipment", title: t("common:nav.equipment") }
      }
      lead={
        <>
          {what} {device !== undefined && <DeviceLink device={device} />}
        </>
      }
    >
      <div className={styles["top"]}>
        {isSensor ? <CurrentValue channel={channel} /> : <CurrentOutput channelId={channel.id} />}
        {isSensor ? (
          <Statistics channel={channel} controls={controls} />
        ) : (
          <InterlockPanel channelId={channel.id} />
        )}
      </div>
      <section ref={history} className={styles["history"]} aria-label={t("history.title")}>
        <RangeBar controls={controls} />
        {isSensor ? (
          <ChannelHistory channel={channel} controls={controls} moment={moment} />
        ) : (
          <Lanes tied={[channel.id]} controls={controls} hasAxis />
        )}
      </section>
      <div className={styles["settings"]} data-of={isSensor ? "sensor" : "output"}>
        <ChannelAlarms channel={channel} />
        <SettingsForm key={channel.id} channel={channel} />
        {isSensor ? <CalibrationForm channel={channel} /> : <OutputForms key={channel.id} channel={channel} />}
      </div>
    </Page>
  );
}

const LINKED = /^(?<before>.*)<0>(?<name>.*)<\/0>(?<after>.*)$/;

/** Where in the sentence its name stands is the language's. */
function DeviceLink({ device }: { readonly device: Device }): JSX.Element {
  const { t } = useTranslation("channel");
  const {
    before = "",
    name = device.name,
    after = "",
  } = LINKED.exec(t("ofDevice", { device: device.name }))?.groups ?? {};
  return (
    <>
      {before}
      <Link href={`/settings/devices/${device.id}`}>{name}</Link>
      {after}
    </>
  );
}
