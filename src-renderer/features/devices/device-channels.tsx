import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useOutput, useReading } from "../../stores/tank.ts";
import styles from "./devices.module.css";
import panelStyles from "./panel.module.css";
import { Panel } from "./panel.tsx";

/** What a device measures and drives, each with what it says now. */
export function DeviceChannels({ channels }: { readonly channels: readonly Channel[] }): JSX.Element {
  const { t } = useTranslation("devices");
  return (
    <Panel
      title={t("device.channels")}
      lead={channels.length === 0 ? t("device.noChannels") : t("channels", { count: channels.length })}
    >
      {channels.length > 0 && (
        <ul className={panelStyles["channels"]}>
          {channels.map((channel) => (
            <li key={channel.id}>
              <Link href={`/channels/${channel.id}`} className={panelStyles["channel"]}>
                <span className={panelStyles["channelName"]}>
                  {channel.name}
                  <ChannelKindWords channel={channel} />
                </span>
                {channel.kind === "sensor" ? (
                  <SensorValue channel={channel} />
                ) : (
                  <OutputLevel channelId={channel.id} />
                )}
                <ChevronRight className={styles["chevron"]} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ChannelKindWords({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation();
  const role = channel.role === "generic" ? "" : t(`role.${channel.role}`);
  const quantity = channel.kind === "sensor" ? t(`quantity.${channel.quantity}`) : "";
  // What its name says already is not said again.
  const said = [quantity, role].filter((part) => !channel.name.toLowerCase().includes(part.toLowerCase()));
  return said.length === 0 ? null : <small>{said.join(" · ")}</small>;
}

function SensorValue({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation(["common", "devices"]);
  const formats = useFormats();
  const reading = useReading(channel.id);
  const isCurrent = useConnection((c) => c.state === "online") && reading?.quality === "good";
  if (reading === undefined || reading.value === null) {
    return (
      <span className={panelStyles["value"]} data-bad>
        – <small>{t(`quality.${reading?.reason ?? "no-reading"}`)}</small>
      </span>
    );
  }
  const display = formats.unitOf(channel.quantity, channel.unit);
  const isLeak = channel.quantity === "leak";
  return (
    <span className={panelStyles["value"]} data-stale={!isCurrent || undefined}>
      {isLeak ? t(reading.value > 0 ? "devices:device.wet" : "devices:device.dry") : null}
      {isLeak ? null : formats.valueWithUnit(reading.value, display)}
      {reading.reason !== undefined && <small>{t(`quality.${reading.reason}`)}</small>}
    </span>
  );
}

function OutputLevel({ channelId }: { readonly channelId: string }): JSX.Element {
  const { t } = useTranslation("devices");
  const isOnline = useConnection((c) => c.state === "online");
  const actual = useOutput(channelId)?.actual ?? null;
  return (
    <span className={panelStyles["value"]} data-stale={!isOnline || actual === null || undefined}>
      {actual === null && t("device.unknownLevel")}
      {actual === 0 && t("device.off")}
      {actual === 100 && t("device.on")}
      {actual !== null && actual !== 0 && actual !== 100 && t("device.actual", { level: Math.round(actual) })}
    </span>
  );
}
