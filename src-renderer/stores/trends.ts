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

export function noteReading({ channelId, value, quality, takenAt }: LiveReading): void {
  if (takenAt === null) return;
  const atMs = Date.parse(takenAt);
  const known = useTrends.getState().trends.get(channelId) ?? NONE;
  const last = known.at(-1);
  if (last !== undefined && atMs < last.atMs + STEP_MS) return;
  const from = known.findIndex((point) => point.atMs >= atMs - TREND_SPAN_MS);
  const next = [
    ...known.slice(from < 0 ? known.length : from),
    { atMs, value: quality === "good" ? value : null },
  ];
  useTrends.setState((t) => ({ trends: withChanges(t.trends, [[channelId, next]]) }));
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
