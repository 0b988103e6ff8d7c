import type { AlarmEvent, AlarmPriority, AlarmTransitionKind } from "#contract/alarms.ts";
import { instantFrom } from "#contract/time.ts";

export const SPANS = ["24h", "7d", "30d"] as const;
export type Span = (typeof SPANS)[number];

const DAY_MS = 86_400_000;
const SPAN_MS: Readonly<Record<Span, number>> = { "24h": DAY_MS, "7d": 7 * DAY_MS, "30d": 30 * DAY_MS };

/** Which events are asked for; null: any. */
export interface EventFilter {
  readonly alarmId: string | null;
  readonly priority: AlarmPriority | null;
  readonly transition: AlarmTransitionKind | null;
}

/** @param nowMs the tank's clock */
export function extentOf(span: Span, nowMs: number): { readonly from: string; readonly to: string } {
  return { from: instantFrom(nowMs - SPAN_MS[span]), to: instantFrom(nowMs) };
}

/** Events of one day, the newest day first. */
export interface EventDay {
  /** As it is shown. */
  readonly day: string;
  readonly events: readonly AlarmEvent[];
}

/** @param dayOf an instant's day in the tank's zone @param events newest first */
export function byDay(events: readonly AlarmEvent[], dayOf: (atMs: number) => string): readonly EventDay[] {
  return [...Map.groupBy(events, ({ at }) => dayOf(Date.parse(at)))].map(([day, ofDay]) => ({
    day,
    events: ofDay,
  }));
}
