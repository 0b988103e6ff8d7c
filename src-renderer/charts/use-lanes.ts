import { useEffect, useRef, useState } from "react";
import { instantFrom } from "#contract/time.ts";
import { useConnection } from "../stores/connection.ts";
import { core } from "../stores/core.ts";
import { useTank } from "../stores/tank.ts";
import { endsOf } from "./asked-span.ts";
import { tankNowMs } from "./tank-now.ts";
import { useAsked } from "./use-asked.ts";
import type { View } from "./view.ts";

const MAX_SPANS = 1_000;
/** What an output did just now is in the record by then. */
const RECORDED_WITHIN_MS = 2_000;
/** Keys and wheels come in bursts: asked when they pause. */
const PAUSE_MS = 150;
const RETRY_MS = 10_000;

/** An output at one level; its last span goes on to now in a view that follows now. */
export interface LaneSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** null: unknown. */
  readonly levelPct: number | null;
}

/** What outputs did over a view, by channel; an output that is not in it has not been answered for yet. */
export function useLanes(channelIds: readonly string[], view: View): ReadonlyMap<string, readonly LaneSpan[]> {
  const asked = useAsked(view);
  const [lanes, setLanes] = useState<ReadonlyMap<string, readonly LaneSpan[]>>(new Map());
  const [turn, setTurn] = useState(0);
  const isOnline = useConnection((c) => c.state === "online");
  const changes = useTank((t) => channelIds.map((id) => `${id} ${t.outputs.get(id)?.since ?? ""}`).join());
  const changedFrom = useRef(changes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says which outputs, and when they last changed
  useEffect(() => {
    if (!isOnline || channelIds.length === 0) return;
    let isCurrent = true;
    let timer = window.setTimeout(
      () => {
        void Promise.all(channelIds.map((id) => fetchLane(id, endsOf(asked, tankNowMs()))))
          .then((entries) => {
            if (!isCurrent) return;
            changedFrom.current = changes;
            setLanes(new Map(entries));
          })
          .catch(() => {
            // The chart above says what is wrong; the lane is tried again.
            if (isCurrent) timer = window.setTimeout(() => setTurn((n) => n + 1), RETRY_MS);
          });
      },
      changedFrom.current === changes || !channelIds.every((id) => lanes.has(id)) ? PAUSE_MS : RECORDED_WITHIN_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [changes, asked, isOnline, turn]);
  return lanes;
}

/** @param ends no end: up to now, by the core's own clock */
export async function fetchLane(
  channelId: string,
  ends: { readonly fromMs: number; readonly toMs: number | null },
) {
  const { spans } = await core.api.outputs.history.query({
    channelId,
    from: instantFrom(ends.fromMs),
    ...(ends.toMs === null ? {} : { to: instantFrom(ends.toMs) }),
    maxSpans: MAX_SPANS,
  });
  const lane = spans.map(({ from, to, levelPct }) => ({
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
    levelPct,
  }));
  return [channelId, lane] as const;
}
