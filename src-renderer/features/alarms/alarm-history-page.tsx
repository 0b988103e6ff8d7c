import { type JSX, useState } from "react";
import { AlarmPriority, AlarmTransitionKind } from "#contract/alarms.ts";
import { Select } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { Page } from "../shell/page.tsx";
import { AlarmEvents } from "./alarm-events.tsx";
import { AlarmStatisticsPanel } from "./alarm-statistics.tsx";
import { AlarmsNav } from "./alarms-nav.tsx";
import { type EventFilter, SPANS, type Span } from "./event-filter.ts";
import historyStyles from "./history.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

const ALL = "all";

/** What the alarms did, and how well they serve: too many of them and nobody listens. */
export function AlarmHistoryPage(): JSX.Element {
  const { t } = useTranslation(["alarms", "common"]);
  const [span, setSpan] = useState<Span>("7d");
  const [filter, setFilter] = useState<EventFilter>({ alarmId: null, priority: null, transition: null });
  return (
    <Page
      title={t("history.title")}
      lead={t("history.lead")}
      parent={{ href: "/alarms", title: t("common:nav.alarms") }}
    >
      <AlarmsNav />
      <div className={historyStyles["span"]}>
        <Segmented
          label={t("history.span")}
          value={span}
          onChange={setSpan}
          choices={SPANS.map((value) => ({ value, text: t(`history.spans.${value}`) }))}
        />
      </div>
      <AlarmStatisticsPanel key={span} span={span} />
      <section className={historyStyles["panel"]} aria-labelledby="events-title">
        <h2 id="events-title">{t("history.events")}</h2>
        <Filters filter={filter} onChange={setFilter} />
        <AlarmEvents key={JSON.stringify([span, filter])} span={span} filter={filter} />
      </section>
    </Page>
  );
}

interface FiltersProps {
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const alarms = useAlarms((a) => a.alarms);
  const named = [...alarms.values()]
    .map((alarm) => ({ value: alarm.id as string, text: words.title(alarm) }))
    .toSorted((a, b) => a.text.localeCompare(b.text));
  return (
    <div className={historyStyles["filters"]}>
      <Select
        label={t("history.alarm")}
        value={filter.alarmId ?? ALL}
        onChange={(value) => onChange({ ...filter, alarmId: value === ALL ? null : value })}
        choices={[{ value: ALL, text: t("history.everyAlarm") }, ...named]}
      />
      <Select
        label={t("form.priority")}
        value={filter.priority ?? ALL}
        onChange={(value) => onChange({ ...filter, priority: value === ALL ? null : value })}
        choices={[
          { value: ALL, text: t("history.everyPriority") },
          ...AlarmPriority.options.map((value) => ({ value, text: t(`priority.${value}`) })),
        ]}
      />
      <Select
        label={t("history.what")}
        value={filter.transition ?? ALL}
        onChange={(value) => onChange({ ...filter, transition: value === ALL ? null : value })}
        choices={[
          { value: ALL, text: t("history.everything") },
          ...AlarmTransitionKind.options.map((value) => ({ value, text: t(`transition.${value}`) })),
        ]}
      />
    </div>
  );
}
