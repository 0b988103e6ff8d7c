import {
  ArrowDown,
  ArrowRight,
  ArrowUp,
  ArrowUpDown,
  CircleAlert,
  Clock,
  MoveDownRight,
  MoveUpRight,
} from "lucide-react";
import { type JSX, memo, type ReactNode, useMemo } from "react";
import type { Alarm } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { useTankNowInSteps, useTankNowMs } from "../../stores/now.ts";
import { useReading } from "../../stores/tank.ts";
import { useTrend } from "../../stores/trends.ts";
import { departureOf } from "./departure.ts";
import { departureWords, differenceIn } from "./differences.ts";
import { nearingWords } from "./nearing.ts";
import type { Standing } from "./standing.ts";
import { trendOf } from "./trend.ts";
import styles from "./vital-tile.module.css";

interface VitalNoteProps {
  readonly channel: Channel;
  readonly standing: Standing;
}

/** The one thing to say about a value: why there is none or an old one, how far it is out, or where it is going. */
export const VitalNote = memo(function VitalNote({ channel, standing }: VitalNoteProps): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const { kind, reason, tone } = standing;
  if (kind === "waiting") return <Note>{t("vital.waiting")}</Note>;
  if (reason === "offline") return <Note tone="stale">{t("common:blocked.offline")}</Note>;
  if (kind === "stale") return <Note tone="stale">{t(`common:quality.${reason ?? "stale"}`)}</Note>;
  if (kind === "bad") {
    return (
      <Note tone="bad">
        {t(`common:quality.${reason ?? "no-reading"}`)} <LastGood channel={channel} />
      </Note>
    );
  }
  if (channel.quantity === "leak") return null;
  return tone === "warn" ? <Beyond channel={channel} /> : <Course channel={channel} />;
});

/** Where it is going: to a limit, said before its direction, because there is time to do something. */
function Course({ channel }: { readonly channel: Channel }): JSX.Element {
  const nearing = useAlarms((a) => a.nearing.get(channel.id));
  return nearing === undefined ? <Direction channel={channel} /> : <Nearing channel={channel} alarm={nearing} />;
}

function Nearing({ channel, alarm }: { readonly channel: Channel; readonly alarm: Alarm }): JSX.Element {
  const { t } = useTranslation("tank");
  const formats = useFormats();
  const nowMs = useTankNowInSteps(MIN_MS);
  return (
    <Note tone="warn" icon={<Clock aria-hidden="true" />}>
      {nearingWords({ alarm, channel, nowMs }, t, formats)}
    </Note>
  );
}

function Beyond({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation("tank");
  const formats = useFormats();
  const value = useReading(channel.id)?.value ?? null;
  const departure = value === null ? null : departureOf(value, channel.limits);
  if (departure === null) return null;
  const display = formats.unitOf(channel.quantity, channel.unit);
  const { side } = departure;
  return (
    <Note tone="warn" icon={side === "low" ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />}>
      {t(`vital.${side}`, departureWords(departure, display, formats))}
    </Note>
  );
}

/** Apart from the value, which may change many times before the trend does. */
const Direction = memo(function Direction({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const points = useTrend(channel.id);
  const trend = useMemo(() => trendOf(points, channel.quantity), [points, channel.quantity]);
  if (trend === null) return null;
  if (trend.direction === "steady")
    return <Note icon={<ArrowRight aria-hidden="true" />}>{t("vital.steady")}</Note>;
  if (trend.direction === "restless") {
    return <Note icon={<ArrowUpDown aria-hidden="true" />}>{t("vital.restless")}</Note>;
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
});

const MIN_MS = 60_000;

function LastGood({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const lastGood = useReading(channel.id)?.lastGood;
  if (lastGood === undefined) return null;
  const { value, takenAt } = lastGood;
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
