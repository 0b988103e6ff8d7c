import { create } from "zustand";
import type { LiveReading } from "#contract/readings.ts";
import type { Api } from "../api/connection.ts";
import { withChanges } from "./mirror.ts";

/** One point of a sparkline; null breaks the line: there was no good reading. */
export interface TrendPoint {
  readonly atMs: number;
  readonly value: number | null;
}

export const TREND_SPAN_MS = 3_600_000;
const POINTS = 300;
/** Closer together they would be one pixel. */
const STEP_MS = TREND_SPAN_MS / POINTS;

/** The last hour of each sensor: from history once, then from what comes. */
const useTrends = create<{ trends: ReadonlyMap<string, readonly TrendPoint[]> }>(() => ({ trends: new Map() }));

const NONE: readonly TrendPoint[] = [];

/** Oldest first. */
export function useTrend(channelId: string): readonly TrendPoint[] {
  return useTrends((t) => t.trends.get(channelId) ?? NONE);
}

/** Takes what came into the lines; all of it at once. */
export function noteReadings(readings: readonly LiveReading[]): void {
  useTrends.setState((t) => {
    const trends = withChanges(t.trends, longerLines(t.trends, readings));
    return trends === t.trends ? t : { trends };
  });
}

type Trends = ReadonlyMap<string, readonly TrendPoint[]>;

function longerLines(
  trends: Trends,
  readings: readonly LiveReading[],
): ReadonlyMap<string, readonly TrendPoint[]> {
  const changes = new Map<string, readonly TrendPoint[]>();
  for (const { channelId, value, quality, takenAt } of readings) {
    if (takenAt === null) continue;
    const atMs = Date.parse(takenAt);
    const known = changes.get(channelId) ?? trends.get(channelId) ?? NONE;
    const last = known.at(-1);
    if (last !== undefined && atMs < last.atMs + STEP_MS) continue;
    const from = known.findIndex((point) => point.atMs >= atMs - TREND_SPAN_MS);
    const past = known.slice(from < 0 ? known.length : from);
    changes.set(channelId, [...past, { atMs, value: quality === "good" ? value : null }]);
  }
  return changes;
}

/** Fills in what was before this page was opened, or while it was away. Without history the line begins with now. */
export async function loadTrend(api: Api, channelId: string, nowMs: number): Promise<void> {
  const span = { from: new Date(nowMs - TREND_SPAN_MS).toISOString(), to: new Date(nowMs).toISOString() };
  const { points } = await api.channels.history.query({ id: channelId, ...span, maxPoints: POINTS });
  const past: TrendPoint[] = [];
  for (const { at, mean } of points) {
    const atMs = Date.parse(at);
    const last = past.at(-1);
    // More than a few steps without a point: a gap is shown as one.
    if (last !== undefined && atMs - last.atMs > GAP_STEPS * STEP_MS)
      past.push({ atMs: atMs - STEP_MS, value: null });
    past.push({ atMs, value: mean });
  }
  const newest = past.at(-1)?.atMs ?? 0;
  useTrends.setState((t) => {
    const since = (t.trends.get(channelId) ?? NONE).filter((point) => point.atMs > newest);
    return { trends: withChanges(t.trends, [[channelId, [...past, ...since]]]) };
  });
}

const GAP_STEPS = 5;
