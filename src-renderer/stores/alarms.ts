import { create } from "zustand";
import type { Alarm, AlarmChange, AlarmPriority } from "#contract/alarms.ts";
import type { Api } from "../api/connection.ts";
import { FrameBuffer, withChanges } from "./mirror.ts";
import { whenIdle } from "./when-idle.ts";

/** The core's alarms, mirrored, with what is asked of them at every turn. */
export interface AlarmsState {
  readonly alarms: ReadonlyMap<string, Alarm>;
  /** False until the core has told them; there may be none. */
  readonly isTold: boolean;
  /** What somebody has to look at, the worst first: raised, or over and not yet acknowledged or reset. */
  readonly standing: readonly Alarm[];
  /** Whose limit will be reached next, by sensor. */
  readonly nearing: ReadonlyMap<string, Alarm>;
}

const NONE_TOLD: AlarmsState = { alarms: new Map(), isTold: false, standing: [], nearing: new Map() };
const URGENCY: readonly AlarmPriority[] = ["critical", "high", "medium", "low"];
/** By then the first screen has what it waits for: sixty alarms with all their words come after fifty values. */
const ASKED_AFTER_MS = 300;
/** A snapshot that does not come within this is an empty one. */
const SNAPSHOT_WITHIN_MS = 1_500;

export const useAlarms = create<AlarmsState>(() => NONE_TOLD);

export function forgetAlarms(): void {
  useAlarms.setState(NONE_TOLD);
}

/** What the API answered counts at once; the stream says the same a moment later. @param alarm null: there is none any more */
export function noteAlarm(id: string, alarm: Alarm | null): void {
  useAlarms.setState(({ alarms }) => judged(withChanges(alarms, [[id, alarm]])));
}

/** Follows them once the page is there: values come first. @returns ends it */
export function followAlarms(api: Api, onError: (error: unknown) => void): () => void {
  let isEnded = false;
  let isFresh = true;
  let subscription: { unsubscribe(): void } | null = null;
  const take = (changes: readonly AlarmChange[]): void => {
    useAlarms.setState((was) => {
      const base: ReadonlyMap<string, Alarm> = isFresh ? new Map() : was.alarms;
      isFresh = false;
      return judged(withChanges(base, changes.map(entryOf)));
    });
  };
  const changes = new FrameBuffer(take);
  const ask = (): void => {
    if (isEnded) return;
    subscription = api.alarms.live.subscribe(undefined, { onData: (change) => changes.push(change), onError });
    setTimeout(() => isFresh && !isEnded && take([]), SNAPSHOT_WITHIN_MS);
  };
  const timer = setTimeout(() => whenIdle(ask), ASKED_AFTER_MS);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}

function entryOf(change: AlarmChange): readonly [string, Alarm | null] {
  return change.kind === "removed" ? [change.id, null] : [change.alarm.id, change.alarm];
}

export function judged(alarms: ReadonlyMap<string, Alarm>): AlarmsState {
  const standing: Alarm[] = [];
  const nearing = new Map<string, Alarm>();
  for (const alarm of alarms.values()) {
    if (isStanding(alarm)) standing.push(alarm);
    const { channelId, limitAt } = alarm;
    if (limitAt === null || channelId === null || alarm.state !== "normal") continue;
    const before = nearing.get(channelId)?.limitAt ?? null;
    if (before === null || Date.parse(limitAt) < Date.parse(before)) nearing.set(channelId, alarm);
  }
  return { alarms, isTold: true, standing: standing.sort(byUrgency), nearing };
}

/** It holds: its condition is there, or it waits for its reset. */
export function isRaised({ state }: Alarm): boolean {
  return state === "unacknowledged" || state === "acknowledged" || state === "latched";
}

function isStanding(alarm: Alarm): boolean {
  return isRaised(alarm) || alarm.state === "returned-unacknowledged";
}

/** Wants to be heard until somebody says that he has: the banner's and the sound's. A low one can wait for the day's round. */
export function isCalling({ state, priority }: Alarm): boolean {
  return state === "unacknowledged" && priority !== "low";
}

/** The most urgent first; of the same, what nobody acknowledged, then the oldest: it may have brought about the others. */
export function byUrgency(one: Alarm, other: Alarm): number {
  return (
    URGENCY.indexOf(one.priority) - URGENCY.indexOf(other.priority) ||
    Number(other.state === "unacknowledged") - Number(one.state === "unacknowledged") ||
    raisedMsOf(one) - raisedMsOf(other)
  );
}

export function raisedMsOf({ raisedAt, since }: Alarm): number {
  return Date.parse(raisedAt ?? since ?? "") || 0;
}

/** One raising of one alarm: raised anew, it has another. */
export function raisingOf({ id, raisedAt }: Alarm): string {
  return `${id} ${raisedAt}`;
}

/** How many things want a look: alarms of one cause are one. */
export function countOf(standing: readonly Alarm[]): number {
  return new Set(standing.map(({ id, groupId }) => groupId ?? id)).size;
}
