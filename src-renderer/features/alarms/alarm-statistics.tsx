import { type JSX, useCallback } from "react";
import { AlarmPriority, type AlarmStatistics } from "#contract/alarms.ts";
import { tankNowMs } from "../../charts/tank-now.ts";
import { Failure, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { core } from "../../stores/core.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { DayBars } from "./day-bars.tsx";
import { extentOf, type Span } from "./event-filter.ts";
import styles from "./history.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

/** More a day than this, and they are no longer read one by one (EEMUA 191, sized for one keeper's tank). */
const MANY_A_DAY = 6;
const MOST_SHOWN = 5;

/** How the alarms themselves do. */
export function AlarmStatisticsPanel({ span }: { readonly span: Span }): JSX.Element {
  const ask = useCallback(() => core.api.alarms.statistics.query(extentOf(span, tankNowMs())), [span]);
  const { value, problem, retry } = useAnswer<AlarmStatistics>(ask);
  if (value === null) {
    return problem === null ? <Loading lines={5} /> : <Failure problem={problem} onRetry={retry} />;
  }
  return (
    <div className={styles["statistics"]}>
      <Figures statistics={value} />
      <Days statistics={value} />
      <Most statistics={value} />
    </div>
  );
}

function Figures({ statistics }: { readonly statistics: AlarmStatistics }): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const titleOf = useTitleOf();
  const { raised, perDay, medianAcknowledgeS, standing, chattering, floods } = statistics;
  const names = (some: readonly Counted[]): string | null =>
    some.length === 0 ? null : some.map(titleOf).join(", ");
  const figures = [
    {
      name: t("kpi.perDay"),
      value: formats.number(perDay, 1),
      note: t("kpi.raised", { count: raised }),
      isMuch: perDay > MANY_A_DAY,
    },
    {
      name: t("kpi.acknowledge"),
      value: medianAcknowledgeS === null ? "–" : formats.duration(medianAcknowledgeS * 1_000),
      note: medianAcknowledgeS === null ? t("kpi.noneAcknowledged") : null,
      isMuch: false,
    },
    {
      name: t("kpi.standing"),
      value: String(standing.length),
      note: names(standing) ?? t("kpi.noneStanding"),
      isMuch: standing.length > 0,
    },
    {
      name: t("kpi.chattering"),
      value: String(chattering.length),
      note: names(chattering) ?? t("kpi.noneChattering"),
      isMuch: chattering.length > 0,
    },
    {
      name: t("kpi.floods"),
      value: String(floods.length),
      note:
        floods[0] === undefined
          ? t("kpi.noFloods")
          : t("kpi.flood", { time: formats.dateTime(Date.parse(floods[0].from)), count: floods[0].raised }),
      isMuch: floods.length > 0,
    },
  ];
  return (
    <section className={styles["panel"]} aria-labelledby="kpi-title">
      <h2 id="kpi-title">{t("kpi.title")}</h2>
      <dl className={styles["figures"]}>
        {figures.map(({ name, value, note, isMuch }) => (
          <div key={name} data-much={isMuch || undefined}>
            <dt>{name}</dt>
            <dd className={styles["figure"]}>{value}</dd>
            {note !== null && <dd className={styles["note"]}>{note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Days({ statistics }: { readonly statistics: AlarmStatistics }): JSX.Element {
  const { t } = useTranslation("alarms");
  return (
    <section className={styles["panel"]} aria-labelledby="days-title">
      <h2 id="days-title">{t("kpi.days")}</h2>
      <DayBars days={statistics.days} much={MANY_A_DAY} />
    </section>
  );
}

function Most({ statistics }: { readonly statistics: AlarmStatistics }): JSX.Element {
  const { t } = useTranslation("alarms");
  const titleOf = useTitleOf();
  const { most, byPriority, raised } = statistics;
  return (
    <section className={styles["panel"]} aria-labelledby="most-title">
      <h2 id="most-title">{t("kpi.most")}</h2>
      {raised === 0 && <p className={styles["note"]}>{t("kpi.nothing")}</p>}
      <ol className={styles["most"]}>
        {most.slice(0, MOST_SHOWN).map((counted) => (
          <li key={counted.alarmId}>
            <span>{titleOf(counted)}</span>
            <span>{t("kpi.times", { count: counted.raised })}</span>
          </li>
        ))}
      </ol>
      {raised > 0 && (
        <p className={styles["note"]}>
          {AlarmPriority.options
            .map((priority) => `${t(`priority.${priority}`)} ${byPriority[priority] ?? 0}`)
            .join(" · ")}
        </p>
      )}
    </section>
  );
}

interface Counted {
  readonly alarmId: string;
  /** As it was named then. */
  readonly name: string;
}

/** An alarm that is there still, as it is called everywhere else. */
function useTitleOf(): (counted: Counted) => string {
  const words = useAlarmWords();
  const alarms = useAlarms((a) => a.alarms);
  return ({ alarmId, name }) => {
    const alarm = alarms.get(alarmId);
    return alarm === undefined ? name : words.title(alarm);
  };
}
