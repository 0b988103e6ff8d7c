import { type JSX, useId, useMemo } from "react";
import type { Channel } from "#contract/channels.ts";
import { useViewNowMs } from "../../charts/tank-now.ts";
import { labelledTicks } from "../../charts/tick-labels.ts";
import type { LaneSpan } from "../../charts/use-lanes.ts";
import type { Extent, View } from "../../charts/view.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { dayLane, dayOf, shareOfDay } from "./day-lane.ts";
import styles from "./today.module.css";
import { useDayLanes } from "./use-day-lanes.ts";

/** Every three hours; on a phone every six. */
const TICKS = 8;
const DAY: View = { kind: "last", spanMs: 86_400_000 };

/** What each of some outputs did since midnight at the tank, and for how long it was on. */
export function Today({ channels }: { readonly channels: readonly Channel[] }): JSX.Element {
  const { t } = useTranslation("tank");
  const titleId = useId();
  const { timeZone } = useFormats();
  const nowMs = useViewNowMs(DAY);
  const heardUntilMs = useHeardUntilMs(nowMs);
  const day = useMemo(() => dayOf(nowMs, timeZone), [nowMs, timeZone]);
  const ids = useMemo(() => channels.map(({ id }) => id), [channels]);
  const { lanes, problem } = useDayLanes(ids, day.fromMs);
  return (
    <section className={styles["today"]} aria-labelledby={titleId}>
      <header className={styles["head"]}>
        <h2 id={titleId}>{t("today.title")}</h2>
        <p>{problem === null ? t("today.lead") : t("today.away")}</p>
      </header>
      <ul className={styles["rows"]}>
        {channels.map(({ id, name }) => (
          <Row key={id} name={name} spans={lanes.get(id)} day={day} nowMs={nowMs} heardUntilMs={heardUntilMs} />
        ))}
      </ul>
      <Hours day={day} />
    </section>
  );
}

/** While the core is away nobody hears of its outputs. */
function useHeardUntilMs(nowMs: number): number {
  const isOnline = useConnection((c) => c.state === "online");
  const sinceMs = useConnection((c) => c.sinceMs + c.clockOffsetMs);
  return isOnline ? nowMs : Math.min(sinceMs, nowMs);
}

interface RowProps {
  readonly name: string;
  /** undefined: not answered yet. */
  readonly spans: readonly LaneSpan[] | undefined;
  readonly day: Extent;
  readonly nowMs: number;
  readonly heardUntilMs: number;
}

function Row({ name, spans, day, nowMs, heardUntilMs }: RowProps): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const { boxes, onMs } = useMemo(() => dayLane(spans ?? [], day, heardUntilMs), [spans, day, heardUntilMs]);
  const now = `${shareOfDay(nowMs, day)}%`;
  return (
    <li className={styles["row"]}>
      <span className={styles["name"]}>{name}</span>
      <svg className={styles["lane"]} aria-hidden="true">
        {boxes.map(({ key, leftPct, widthPct, levelPct }) => (
          <g key={key}>
            <rect
              className={styles[levelPct === null ? "unknown" : "off"]}
              x={`${leftPct}%`}
              width={`${widthPct}%`}
              height="100%"
            />
            {levelPct !== null && levelPct > 0 && (
              <rect
                className={styles["on"]}
                x={`${leftPct}%`}
                width={`${Math.max(widthPct, 0.15)}%`}
                y={`${100 - levelPct}%`}
                height={`${levelPct}%`}
              />
            )}
          </g>
        ))}
        <line className={styles["now"]} x1={now} x2={now} y1="0" y2="100%" />
      </svg>
      <span className={styles["duration"]}>{spans === undefined ? t("common:state.loading") : words()}</span>
    </li>
  );

  function words(): string {
    if (onMs === null) return t("today.nothing");
    return onMs === 0 ? t("today.never") : formats.duration(wholeMin(onMs));
  }
}

function Hours({ day }: { readonly day: Extent }): JSX.Element {
  const { language, timeZone } = useFormats();
  return (
    <svg className={styles["hours"]} aria-hidden="true">
      {labelledTicks(day, TICKS, { language, timeZone }).map(({ atMs, label }) => (
        <text key={atMs} x={`${shareOfDay(atMs, day)}%`} y="13">
          {label}
        </text>
      ))}
    </svg>
  );
}

/** Above a minute seconds would only flicker. */
function wholeMin(ms: number): number {
  return ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000;
}
