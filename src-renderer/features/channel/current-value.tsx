import type { JSX } from "react";
import type { Channel } from "#contract/channels.ts";
import type { LiveReading } from "#contract/readings.ts";
import { tidy } from "../../charts/tidy.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useReading } from "../../stores/tank.ts";
import { isWet } from "../tank/departure.ts";
import { type Freshness, freshnessOf } from "../tank/freshness.ts";
import styles from "./current-value.module.css";

/** What a sensor says now, and how far that can be believed. */
export function CurrentValue({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation(["channel", "tank"]);
  const formats = useFormats();
  const reading = useReading(channel.id);
  const nowMs = useTankNowMs();
  const isOnline = useConnection((c) => c.state === "online");
  const freshness = freshnessOf({ reading, pollIntervalS: channel.pollIntervalS, isOnline, nowMs });
  const display = formats.unitOf(channel.quantity, channel.unit);
  const value = freshness.kind === "bad" ? null : (reading?.value ?? null);
  return (
    <section className={styles["card"]} data-freshness={freshness.kind} aria-label={t("now")}>
      <h2 className={styles["title"]}>{t("now")}</h2>
      <p className={styles["value"]}>{valueWords()}</p>
      <p className={styles["state"]} data-state={freshness.kind}>
        <StateWords channel={channel} reading={reading} freshness={freshness} nowMs={nowMs} />
      </p>
      {channel.limits !== null && channel.quantity !== "leak" && (
        <p className={styles["limits"]} data-outside={isOutside(value, channel) || undefined}>
          {limitWords(channel.limits)}
        </p>
      )}
    </section>
  );

  function valueWords(): JSX.Element | string {
    if (value === null) return t("neverRead");
    if (channel.quantity === "leak") return t(isWet(value) ? "tank:vital.wet" : "tank:vital.dry");
    return (
      <>
        {formats.value(value, display)}
        {display.unit !== "" && <span className={styles["unit"]}>{display.unit}</span>}
      </>
    );
  }

  function limitWords(limits: NonNullable<Channel["limits"]>): string {
    const words = { min: formats.value(limits.min, display), max: formats.valueWithUnit(limits.max, display) };
    if (value !== null && value < limits.min) return t("belowLimits", words);
    return value !== null && value > limits.max ? t("aboveLimits", words) : t("limitsAre", words);
  }
}

interface StateWordsProps {
  readonly channel: Channel;
  readonly reading: LiveReading | undefined;
  readonly freshness: Freshness;
  readonly nowMs: number;
}

function StateWords({ channel, reading, freshness, nowMs }: StateWordsProps): string {
  const { t } = useTranslation(["channel", "common"]);
  const formats = useFormats();
  switch (freshness.kind) {
    case "waiting":
      return t("common:quality.no-reading");
    case "live":
      return t("live");
    case "late":
      return t("late", { age: formats.duration(freshness.ageMs) });
    case "stale":
      return [
        freshness.reason === "offline" ? t("notConnected") : t(`common:quality.${freshness.reason}`),
        ...(freshness.ageMs === null ? [] : [t("held", { age: formats.duration(freshness.ageMs) })]),
      ].join(" ");
    case "bad":
      return tidy([t(`common:quality.${freshness.reason}`), ...lastGoodWords()].join(" "));
  }

  function lastGoodWords(): readonly string[] {
    if (reading?.lastGood === undefined) return [];
    const { value, takenAt } = reading.lastGood;
    const display = formats.unitOf(channel.quantity, channel.unit);
    const age = formats.duration(nowMs - Date.parse(takenAt));
    return [t("lastGood", { value: formats.valueWithUnit(value, display), age })];
  }
}

function isOutside(value: number | null, { limits }: Channel): boolean {
  return value !== null && limits !== null && (value < limits.min || value > limits.max);
}
