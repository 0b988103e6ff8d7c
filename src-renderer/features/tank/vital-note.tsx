import { ArrowDown, ArrowRight, ArrowUp, CircleAlert, MoveDownRight, MoveUpRight } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "#contract/channels.ts";
import type { LiveReading } from "#contract/readings.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useTrend } from "../../stores/trends.ts";
import { type Departure, departureOf } from "./departure.ts";
import type { Freshness } from "./freshness.ts";
import { trendOf } from "./trend.ts";
import { departureWords, differenceIn } from "./use-status-words.ts";
import styles from "./vital-tile.module.css";

interface VitalNoteProps {
  readonly channel: Channel;
  readonly freshness: Freshness;
  readonly reading: LiveReading | undefined;
}

/** The one thing to say about a value: why there is none or an old one, how far it is out, or where it is going. */
export function VitalNote({ channel, freshness, reading }: VitalNoteProps): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  switch (freshness.kind) {
    case "waiting":
      return <Note>{t("vital.waiting")}</Note>;
    case "bad":
      return (
        <Note tone="bad">
          {t(`common:quality.${freshness.reason}`)} <LastGood channel={channel} reading={reading} />
        </Note>
      );
    case "stale":
      return (
        <Note tone="stale">
          {freshness.reason === "offline" ? t("common:blocked.offline") : t(`common:quality.${freshness.reason}`)}
        </Note>
      );
    default:
      return <Standing channel={channel} value={reading?.value ?? null} />;
  }
}

function Standing({
  channel,
  value,
}: {
  readonly channel: Channel;
  readonly value: number | null;
}): JSX.Element | null {
  const departure = value === null ? null : departureOf(value, channel.limits);
  if (channel.quantity === "leak") return null;
  if (departure !== null) return <Beyond channel={channel} departure={departure} />;
  return <Direction channel={channel} />;
}

function Beyond({
  channel,
  departure,
}: {
  readonly channel: Channel;
  readonly departure: Departure;
}): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const display = formats.unitOf(channel.quantity, channel.unit);
  const { side } = departure;
  const words = departureWords(departure, display, formats);
  return (
    <Note tone="warn" icon={side === "low" ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />}>
      {t(`vital.${side}`, words)}
    </Note>
  );
}

function Direction({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const trend = trendOf(useTrend(channel.id), channel.quantity);
  if (trend === null) return null;
  if (trend.direction === "steady") {
    return <Note icon={<ArrowRight aria-hidden="true" />}>{t("vital.steady")}</Note>;
  }
  const display = formats.unitOf(channel.quantity, channel.unit);
  const isRising = trend.direction === "rising";
  const words = {
    change: `${isRising ? "+" : "−"}${differenceIn(trend.change, display, formats)}`,
    span: formats.duration(Math.round(trend.spanMs / MIN_MS) * MIN_MS),
  };
  return (
    <Note icon={isRising ? <MoveUpRight aria-hidden="true" /> : <MoveDownRight aria-hidden="true" />}>
      {t(`vital.${trend.direction}`, words)}
    </Note>
  );
}

const MIN_MS = 60_000;

function LastGood({ channel, reading }: Pick<VitalNoteProps, "channel" | "reading">): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const nowMs = useTankNowMs();
  if (reading?.lastGood === undefined) return null;
  const { value, takenAt } = reading.lastGood;
  const words = {
    value: formats.valueWithUnit(value, formats.unitOf(channel.quantity, channel.unit)),
    age: formats.duration(nowMs - Date.parse(takenAt)),
  };
  return <>{t("vital.lastGood", words)}</>;
}

interface NoteProps {
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly tone?: "warn" | "bad" | "stale";
}

function Note({ children, icon, tone }: NoteProps): JSX.Element {
  return (
    <span className={styles["note"]} data-tone={tone}>
      {tone === "bad" ? <CircleAlert aria-hidden="true" /> : icon}
      <span className={styles["words"]}>{children}</span>
    </span>
  );
}
