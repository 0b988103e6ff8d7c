import type { AlarmPriority, AlarmStatistics, AlarmTransitionKind } from "#contract/alarms.ts";
import type { AlarmId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";

/** One transition, as far as figures are made of it. */
export interface CountedEvent {
  readonly atMs: number;
  readonly alarmId: AlarmId;
  readonly name: string;
  readonly priority: AlarmPriority;
  readonly transition: AlarmTransitionKind;
  /** The day in the tank's zone, YYYY-MM-DD. */
  readonly day: string;
}

export interface StandingSince {
  readonly alarmId: AlarmId;
  readonly name: string;
  readonly sinceMs: number;
}

export interface CountedSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Every day of it, in order. */
  readonly days: readonly string[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** EEMUA 191: more than ten in ten minutes is more than a person can take in. */
const FLOOD_MS = 10 * MINUTE_MS;
const FLOOD_ABOVE = 10;
const CHATTERS_AT = 3;
const MOST = 10;

/** The alarm system's own figures (ISA-18.2 clause 16). @param events in order of time */
export function statisticsOf(
  events: readonly CountedEvent[],
  standing: readonly StandingSince[],
  { fromMs, toMs, days }: CountedSpan,
): AlarmStatistics {
  const raised = events.filter(({ transition }) => transition === "raised");
  const countOf = (priority: AlarmPriority) => raised.filter((event) => event.priority === priority).length;
  const perDay = Map.groupBy(raised, ({ day }) => day);
  return {
    from: instantFrom(fromMs),
    to: instantFrom(toMs),
    raised: raised.length,
    perDay: round(raised.length / Math.max(1, (toMs - fromMs) / DAY_MS)),
    byPriority: {
      critical: countOf("critical"),
      high: countOf("high"),
      medium: countOf("medium"),
      low: countOf("low"),
    },
    standing: standing
      .filter(({ sinceMs }) => toMs - sinceMs > DAY_MS)
      .map(({ alarmId, name, sinceMs }) => ({ alarmId, name, since: instantFrom(sinceMs) })),
    chattering: chatteringIn(raised),
    floods: floodsIn(raised),
    medianAcknowledgeS: medianAcknowledgeS(events),
    most: counted(raised).slice(0, MOST),
    days: days.map((day) => ({ day, raised: perDay.get(day)?.length ?? 0 })),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The most frequent first. */
function counted(raised: readonly CountedEvent[]): AlarmStatistics["most"] {
  const byAlarm = new Map<AlarmId, { name: string; raised: number }>();
  for (const { alarmId, name } of raised)
    byAlarm.set(alarmId, { name, raised: (byAlarm.get(alarmId)?.raised ?? 0) + 1 });
  return [...byAlarm].map(([alarmId, it]) => ({ alarmId, ...it })).toSorted((a, b) => b.raised - a.raised);
}

function chatteringIn(raised: readonly CountedEvent[]): AlarmStatistics["chattering"] {
  const byAlarm = Map.groupBy(raised, ({ alarmId }) => alarmId);
  const isChatter = (alarmId: AlarmId) => {
    const its = byAlarm.get(alarmId) ?? [];
    return its.some(({ atMs }, i) => (its[i + CHATTERS_AT - 1]?.atMs ?? Infinity) - atMs <= MINUTE_MS);
  };
  return counted(raised).filter(({ alarmId, raised: times }) => times >= CHATTERS_AT && isChatter(alarmId));
}

/** Stretches in which each ten minutes had more than ten. */
function floodsIn(raised: readonly CountedEvent[]): AlarmStatistics["floods"] {
  const floods: { fromMs: number; toMs: number; first: number; last: number }[] = [];
  let last = 0;
  for (const [first, { atMs: fromMs }] of raised.entries()) {
    while ((raised[last + 1]?.atMs ?? Infinity) < fromMs + FLOOD_MS) last += 1;
    if (last - first < FLOOD_ABOVE) continue;
    const toMs = raised[last]?.atMs ?? fromMs;
    const before = floods.at(-1);
    if (before === undefined || fromMs > before.toMs) floods.push({ fromMs, toMs, first, last });
    else floods[floods.length - 1] = { ...before, toMs, last };
  }
  return floods.map(({ fromMs, toMs, first, last }) => ({
    from: instantFrom(fromMs),
    to: instantFrom(toMs),
    raised: last - first + 1,
  }));
}

function medianAcknowledgeS(events: readonly CountedEvent[]): number | null {
  const waiting = new Map<AlarmId, number>();
  const tookMs: number[] = [];
  for (const { alarmId, transition, atMs } of events) {
    const raisedAtMs = waiting.get(alarmId);
    if (transition === "raised" && raisedAtMs === undefined) waiting.set(alarmId, atMs);
    if (transition !== "acknowledged" || raisedAtMs === undefined) continue;
    waiting.delete(alarmId);
    tookMs.push(atMs - raisedAtMs);
  }
  const sorted = tookMs.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : round(middle / 1_000);
}
