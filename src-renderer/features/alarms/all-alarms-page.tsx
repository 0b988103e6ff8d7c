import { ChevronRight, Plus } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { Alarm } from "#contract/alarms.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { byUrgency, useAlarms } from "../../stores/alarms.ts";
import { useMay } from "../../stores/session.ts";
import { Page } from "../shell/page.tsx";
import styles from "./alarms.module.css";
import { AlarmsNav } from "./alarms-nav.tsx";
import subjectStyles from "./subjects.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

/** Every alarm there is, by what it watches. */
export function AllAlarmsPage(): JSX.Element {
  const { t } = useTranslation(["alarms", "common"]);
  const isTold = useAlarms((a) => a.isTold);
  const mayAdd = useMay("admin");
  return (
    <Page
      title={t("all.title")}
      lead={t("all.lead")}
      parent={{ href: "/alarms", title: t("common:nav.alarms") }}
      actions={
        mayAdd && (
          <Link className={styles["link"]} href="/alarms/new">
            <Plus aria-hidden="true" />
            {t("all.add")}
          </Link>
        )
      }
    >
      <AlarmsNav />
      {isTold ? <Subjects /> : <Loading lines={8} />}
    </Page>
  );
}

function Subjects(): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const alarms = useAlarms((a) => a.alarms);
  if (alarms.size === 0) return <Empty title={t("none.title")}>{t("none.help")}</Empty>;
  const bySubject = [...Map.groupBy(alarms.values(), (alarm) => words.subject(alarm))];
  return (
    <div className={subjectStyles["subjects"]}>
      {bySubject
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([subject, own]) => (
          <section key={subject} className={subjectStyles["subject"]} aria-label={subject}>
            <h2>{subject}</h2>
            <ul>
              {own.toSorted(byUrgency).map((alarm) => (
                <AlarmRow key={alarm.id} alarm={alarm} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function AlarmRow({ alarm }: { readonly alarm: Alarm }): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  return (
    <li data-state={alarm.state}>
      <Link href={`/alarms/${alarm.id}`} className={subjectStyles["row"]}>
        <span>
          <strong>{words.title(alarm)}</strong>
          <small>
            {words.condition(alarm)} · {t(`priority.${alarm.priority}`)}
            {alarm.state !== "normal" && ` · ${t(`state.${alarm.state}`)}`}
          </small>
        </span>
        <ChevronRight aria-hidden="true" />
      </Link>
    </li>
  );
}
