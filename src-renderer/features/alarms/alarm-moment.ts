import type { Alarm } from "#contract/alarms.ts";
import { lastOf, type View, viewOf } from "../../charts/view.ts";
import { isLimit } from "./alarm-units.ts";

/** When an alarm spoke, and at which limit: what a chart is opened for. */
export interface AlarmMoment {
  readonly atMs: number;
  /** In the channel's stored unit; null: it has none that could be drawn. */
  readonly limit: number | null;
}

/** What led to it matters more than what came of it. */
const BEFORE_MS = 4 * 3_600_000;
const AFTER_MS = 2 * 3_600_000;

/** @param search the address's query: `at`, an instant, and `limit` @returns null: nothing of the kind is asked */
export function momentFrom(search: string): AlarmMoment | null {
  const asked = new URLSearchParams(search);
  const atMs = Date.parse(asked.get("at") ?? "");
  if (Number.isNaN(atMs)) return null;
  const limit = Number(asked.get("limit") ?? Number.NaN);
  return { atMs, limit: Number.isFinite(limit) ? limit : null };
}

export function viewAround(moment: AlarmMoment | null, nowMs: number): View {
  if (moment === null) return lastOf("24h");
  return viewOf({ fromMs: moment.atMs - BEFORE_MS, toMs: Math.min(moment.atMs + AFTER_MS, nowMs) }, nowMs);
}

/** Where the alarms of a channel ring on its own curve. */
export function setpointsOf(channelId: string, alarms: Iterable<Alarm>): readonly number[] {
  const setpoints = new Set<number>();
  for (const { channelId: of, kind, setpoint } of alarms)
    if (of === channelId && setpoint !== null && isLimit(kind)) setpoints.add(setpoint);
  return [...setpoints].sort((one, other) => one - other);
}
