import { type JSX, useCallback, useEffect, useState } from "react";
import { Link } from "wouter";
import type { AlarmEvent } from "#contract/alarms.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { tankNowMs } from "../../charts/tank-now.ts";
import { Button } from "../../components/button.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { chartHref } from "./alarm-units.ts";
import { byDay, type EventFilter, extentOf, type Span } from "./event-filter.ts";
import styles from "./history.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

const PAGE = 50;

interface AlarmEventsProps {
  readonly span: Span;
  readonly filter: EventFilter;
}

/** Every transition, the newest first, a page at a time. */
export function AlarmEvents({ span, filter }: AlarmEventsProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const { events, isLoading, hasMore, problem, more } = useEvents(span, filter);
  const dayOf = new Intl.DateTimeFormat(formats.language, {
    timeZone: formats.timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  if (events.length === 0 && problem !== null) return <Failure problem={problem} onRetry={more} />;
  if (events.length === 0 && isLoading) return <Loading lines={6} />;
  if (events.length === 0) return <Empty title={t("history.none")}>{t("history.noneHelp")}</Empty>;
  return (
    <>
      {byDay(events, (atMs) => dayOf.format(atMs)).map(({ day, events: ofDay }) => (
        <section key={day} aria-label={day}>
          <h3 className={styles["day"]}>{day}</h3>
          <ol className={styles["events"]}>
            {ofDay.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {problem !== null && <Failure problem={problem} onRetry={more} />}
      {hasMore && problem === null && (
        <Button onPress={more} isPending={isLoading}>
          {t("history.more")}
        </Button>
      )}
    </>
  );
}

function EventRow({ event }: { readonly event: AlarmEvent }): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const words = useAlarmWords();
  const atMs = Date.parse(event.at);
  const setpoint = useAlarms((a) => a.alarms.get(event.alarmId)?.setpoint ?? null);
  const href = chartHref({ ...event, setpoint }, atMs);
  const value = words.value(event);
  return (
    <li className={styles["event"]} data-transition={event.transition} data-priority={event.priority}>
      <time dateTime={event.at}>{formats.time(atMs)}</time>
      <div>
        {href === null ? <span>{words.title(event)}</span> : <Link href={href}>{words.title(event)}</Link>}
        <p>
          {t(`transition.${event.transition}`)}
          {value !== null && ` · ${value}`}
          {event.by !== null && ` · ${event.by}`}
          {event.note !== null && event.note !== "" && ` · ${t("note", { note: event.note })}`}
        </p>
      </div>
      <span className={styles["priority"]}>{t(`priority.${event.priority}`)}</span>
    </li>
  );
}

interface Events {
  readonly events: readonly AlarmEvent[];
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly problem: Problem | null;
  /** The next page, or the same again after a failure. */
  more(): void;
}

function useEvents(span: Span, filter: EventFilter): Events {
  const isOnline = useConnection((c) => c.state === "online");
  // Pages belong to one span: it does not move on while they are turned.
  const [extent] = useState(() => extentOf(span, tankNowMs()));
  const [events, setEvents] = useState<readonly AlarmEvent[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { alarmId, priority, transition } = filter;
  const ask = useCallback(
    async (from: string | null): Promise<void> => {
      setLoading(true);
      setProblem(null);
      try {
        const page = await core.api.alarmEvents.list.query({
          ...extent,
          limit: PAGE,
          ...(from === null ? {} : { cursor: from }),
          ...(alarmId === null ? {} : { alarmId }),
          ...(priority === null ? {} : { priority }),
          ...(transition === null ? {} : { transition }),
        });
        setEvents((before) => (from === null ? page.items : [...before, ...page.items]));
        setCursor(page.nextCursor);
      } catch (error) {
        setProblem(problemOf(error));
      } finally {
        setLoading(false);
      }
    },
    [extent, alarmId, priority, transition],
  );
  useEffect(() => {
    if (isOnline) void ask(null);
  }, [ask, isOnline]);
  return { events, isLoading, problem, hasMore: cursor !== null, more: () => void ask(cursor) };
}
