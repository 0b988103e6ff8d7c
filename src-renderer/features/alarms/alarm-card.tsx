import type { JSX } from "react";
import { Link } from "wouter";
import type { Alarm } from "#contract/alarms.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { raisedMsOf } from "../../stores/alarms.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { AlarmActs } from "./alarm-acts.tsx";
import type { AlarmGroup } from "./alarm-groups.ts";
import { chartHref } from "./alarm-units.ts";
import styles from "./alarms.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

/** What stands, since when, what it saw and what to do; alarms of one cause are one card with each of them in it. */
export function AlarmCard({ group }: { readonly group: AlarmGroup }): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const { lead, members } = group;
  const isGroup = members.length > 1;
  return (
    <article
      className={styles["card"]}
      data-priority={lead.priority}
      data-state={lead.state}
      aria-label={words.title(lead)}
    >
      <header className={styles["head"]}>
        <span className={styles["priority"]}>{t(`priority.${lead.priority}`)}</span>
        <h3>
          {words.title(lead)}
          {isGroup && t("banner.grouped", { count: members.length - 1 })}
        </h3>
        <span className={styles["state"]}>{t(`state.${lead.state}`)}</span>
      </header>
      <Facts alarm={lead} />
      <p className={styles["response"]}>
        <strong>{t("whatToDo")}</strong> {words.text(lead.response)}
      </p>
      {lead.consequence !== "" && (
        <p className={styles["why"]}>
          {t("otherwise")} {words.text(lead.consequence)}
        </p>
      )}
      {isGroup && <Members members={members} />}
      <AlarmActs group={group} />
    </article>
  );
}

function Facts({ alarm }: { readonly alarm: Alarm }): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const words = useAlarmWords();
  const value = words.value(alarm);
  const isOver = alarm.state === "returned-unacknowledged" || alarm.state === "latched";
  const { state, shelvedUntil, by, note } = alarm;
  return (
    <div className={styles["facts"]}>
      <p>
        {value !== null && <strong className={styles["value"]}>{value}</strong>}
        <span>
          {words.subject(alarm)}: {words.condition(alarm)}
        </span>
      </p>
      <p className={styles["when"]}>
        {alarm.raisedAt !== null && <span>{words.since(alarm, nowMs)}</span>}
        {isOver && <span>{t("over")}</span>}
        {alarm.isInputUnknown && <span>{t("inputUnknown")}</span>}
        {state === "shelved" && shelvedUntil !== null && (
          <span>{t("shelvedUntil", { time: formats.dateTime(Date.parse(shelvedUntil)) })}</span>
        )}
        {by !== null && <span>{t("by", { by })}</span>}
        {note !== null && note !== "" && <span>{t("note", { note })}</span>}
      </p>
    </div>
  );
}

function Members({ members }: { readonly members: AlarmGroup["members"] }): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  return (
    <details className={styles["members"]} open={members.length <= 6}>
      <summary>{t("members", { count: members.length })}</summary>
      <ul>
        {members.map((alarm) => {
          const href = chartHref(alarm, raisedMsOf(alarm));
          const value = words.value(alarm);
          return (
            <li key={alarm.id}>
              {href === null ? words.title(alarm) : <Link href={href}>{words.title(alarm)}</Link>}
              <span>
                {t(`priority.${alarm.priority}`)} · {t(`state.${alarm.state}`)}
                {value !== null && ` · ${value}`}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
