import { ChevronRight, Clock, Plus } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { byUrgency, useAlarms } from "../../stores/alarms.ts";
import { useTankNowInSteps } from "../../stores/now.ts";
import { useMay } from "../../stores/session.ts";
import { nearingWords } from "../tank/nearing.ts";
import styles from "./alarms.module.css";
import subjectStyles from "./subjects.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

const MIN_MS = 60_000;

/** What rings for a channel, and which limit it is on its way to. */
export function ChannelAlarms({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation<"alarms", "tank">(["alarms", "tank"]);
  const words = useAlarmWords();
  const mayAdd = useMay("admin");
  const alarms = useAlarms((a) => a.alarms);
  const own = [...alarms.values()].filter(({ channelId }) => channelId === channel.id).toSorted(byUrgency);
  return (
    <section className={subjectStyles["subject"]} aria-labelledby="alarms-title">
      <header className={subjectStyles["subject-head"]}>
        <h2 id="alarms-title">{t("channel.title")}</h2>
        {mayAdd && (
          <Link className={styles["link"]} href={`/alarms/new?channel=${channel.id}`}>
            <Plus aria-hidden="true" />
            {t("channel.add")}
          </Link>
        )}
      </header>
      <NearingLimit channel={channel} />
      {own.length === 0 && <p>{t("channel.none")}</p>}
      <ul>
        {own.map((alarm) => (
          <li key={alarm.id}>
            <Link href={`/alarms/${alarm.id}`} className={subjectStyles["row"]}>
              <span>
                <strong>{words.condition(alarm)}</strong>
                <small>
                  {t(`priority.${alarm.priority}`)} · {t(`state.${alarm.state}`)}
                </small>
              </span>
              <ChevronRight aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NearingLimit({ channel }: { readonly channel: Channel }): JSX.Element | null {
  const { t } = useTranslation("tank");
  const formats = useFormats();
  const nowMs = useTankNowInSteps(MIN_MS);
  const alarm = useAlarms((a) => a.nearing.get(channel.id));
  if (alarm === undefined) return null;
  return (
    <p className={subjectStyles["nearing"]} role="status">
      <Clock aria-hidden="true" />
      {nearingWords({ alarm, channel, nowMs }, t, formats)}
    </p>
  );
}
