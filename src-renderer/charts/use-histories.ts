import { useEffect, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import type { LiveReading } from "#contract/readings.ts";
import { instantFrom } from "#contract/time.ts";
import { type Problem, problemOf } from "../api/problem.ts";
import { useConnection } from "../stores/connection.ts";
import { core } from "../stores/core.ts";
import { useTank } from "../stores/tank.ts";
import { type AskedSpan, endsBefore, endsOf } from "./asked-span.ts";
import { type Series, seriesFrom, shifted, withReading } from "./series.ts";
import { tankNowMs } from "./tank-now.ts";
import { useAsked } from "./use-asked.ts";
import type { View } from "./view.ts";

/** About one a pixel: the core folds more readings than that into points with their lowest and highest. */
const MAX_POINTS = 1_500;
/** Keys and wheels come in bursts: asked when they pause. */
const PAUSE_MS = 150;
const RETRY_MS = 10_000;
/** Folded points that follow the clock are fetched anew after so many of them. */
const REFRESH_POINTS = 20;
const REFRESH_MIN_MS = 60_000;
const REFRESH_MAX_MS = 900_000;

export interface ChannelHistory {
  readonly series: Series;
  /** null: not compared. */
  readonly previous: Series | null;
}

export interface Histories {
  readonly byChannel: ReadonlyMap<string, ChannelHistory>;
  /** Nothing that was shown fits the present view yet. */
  readonly isLoading: boolean;
  readonly problem: Problem | null;
  retry(): void;
}

interface Answer {
  readonly to: AskedSpan;
  readonly byChannel: ReadonlyMap<string, ChannelHistory>;
  readonly problem: Problem | null;
}

/** What channels said over a view, at the resolution it deserves; its end grows with live readings while it follows now. */
export function useHistories(channels: readonly Channel[], view: View, isComparing: boolean): Histories {
  const asked = useAsked(view);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [turn, setTurn] = useState(0);
  const isOnline = useConnection((c) => c.state === "online");
  const key = channels.map(({ id, pollIntervalS }) => `${id} ${pollIntervalS}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which channels, and the turn asks again
  useEffect(() => {
    if (!isOnline || channels.length === 0) return;
    let isCurrent = true;
    const again = (afterMs: number) => window.setTimeout(() => setTurn((n) => n + 1), afterMs);
    let timer = window.setTimeout(() => {
      void fetchAll(channels, asked, isComparing)
        .then((byChannel) => {
          if (!isCurrent) return;
          setAnswer({ to: asked, byChannel, problem: null });
          if (asked.kind === "last") timer = again(refreshAfterMs(asked.spanMs));
        })
        .catch((error: unknown) => {
          if (!isCurrent) return;
          setAnswer((was) => ({ to: asked, byChannel: was?.byChannel ?? new Map(), problem: problemOf(error) }));
          timer = again(RETRY_MS);
        });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, asked, isComparing, isOnline, turn]);

  const isLive = view.kind === "last";
  useEffect(() => (isLive ? onReadings(key, setAnswer) : undefined), [key, isLive]);

  return {
    byChannel: answer?.byChannel ?? NONE,
    isLoading: answer === null || answer.to !== asked,
    problem: answer?.problem ?? null,
    retry: () => setTurn((n) => n + 1),
  };
}

const NONE: ReadonlyMap<string, ChannelHistory> = new Map();

function refreshAfterMs(spanMs: number): number {
  return Math.min(Math.max((spanMs / MAX_POINTS) * REFRESH_POINTS, REFRESH_MIN_MS), REFRESH_MAX_MS);
}

async function fetchAll(
  channels: readonly Channel[],
  asked: AskedSpan,
  isComparing: boolean,
): Promise<ReadonlyMap<string, ChannelHistory>> {
  const entries = channels.map(async (channel) => {
    const nowMs = tankNowMs();
    const earlier = isComparing ? fetchOne(channel, endsBefore(asked, nowMs)) : null;
    const series = await fetchOne(channel, endsOf(asked, nowMs));
    const previous = earlier === null ? null : shifted(await earlier, asked.spanMs);
    return [channel.id, { series: withNow(series, channel.id), previous }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function fetchOne(
  { id, pollIntervalS }: Channel,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number | null },
): Promise<Series> {
  const answer = await core.api.channels.history.query({
    id,
    from: instantFrom(fromMs),
    ...(toMs === null ? {} : { to: instantFrom(toMs) }),
    maxPoints: MAX_POINTS,
  });
  return seriesFrom(answer, pollIntervalS * 1_000);
}

/** Readings are on the page a moment before they are in history: the newest closes that hole. */
function withNow(series: Series, channelId: string): Series {
  const reading = useTank.getState().readings.get(channelId);
  const newest = series.points.at(-1);
  if (newest === undefined || newest.widthMs > 0) return series;
  return reading === undefined ? series : withLive(series, reading);
}

function withLive(series: Series, { quality, value, takenAt }: LiveReading): Series {
  if (quality !== "good" || value === null || takenAt === null) return series;
  return withReading(series, { atMs: Date.parse(takenAt), value });
}

function onReadings(key: string, setAnswer: (change: (was: Answer | null) => Answer | null) => void): () => void {
  const ids = key.split(",").map((entry) => entry.split(" ")[0] ?? "");
  return useTank.subscribe((now, before) => {
    if (now.readings === before.readings) return;
    const fresh = ids.flatMap((id) => {
      const reading = now.readings.get(id);
      return reading === undefined || reading === before.readings.get(id) ? [] : [reading];
    });
    if (fresh.length > 0)
      setAnswer((was) => (was === null ? null : { ...was, byChannel: grown(was.byChannel, fresh) }));
  });
}

function grown(
  byChannel: ReadonlyMap<string, ChannelHistory>,
  fresh: readonly LiveReading[],
): ReadonlyMap<string, ChannelHistory> {
  const next = new Map(byChannel);
  for (const reading of fresh) {
    const history = next.get(reading.channelId);
    if (history !== undefined)
      next.set(reading.channelId, { ...history, series: withLive(history.series, reading) });
  }
  return next;
}
