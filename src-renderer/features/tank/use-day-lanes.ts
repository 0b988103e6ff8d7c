import { useEffect, useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { fetchLane, type LaneSpan } from "../../charts/use-lanes.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTank } from "../../stores/tank.ts";

/** What an output did just now is in the record by then. */
const RECORDED_WITHIN_MS = 2_000;
const RETRY_MS = 10_000;

interface DayLanes {
  /** By channel; one that is not in it has not been answered for yet. */
  readonly lanes: ReadonlyMap<string, readonly LaneSpan[]>;
  /** Why there is nothing to show; it is tried again by itself. */
  readonly problem: Problem | null;
}

const NOTHING: DayLanes = { lanes: new Map(), problem: null };

/** What outputs did since a day began; asked again when one of them changes. */
export function useDayLanes(channelIds: readonly string[], fromMs: number): DayLanes {
  const [known, setKnown] = useState<DayLanes>(NOTHING);
  const [turn, setTurn] = useState(0);
  const isOnline = useConnection((c) => c.state === "online");
  const changes = useTank((t) => channelIds.map((id) => `${id} ${t.outputs.get(id)?.since ?? ""}`).join());
  const isFirst = known === NOTHING;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says which outputs, and when they last changed
  useEffect(() => {
    if (!isOnline || channelIds.length === 0) return;
    let isCurrent = true;
    const ask = (): void => {
      Promise.all(channelIds.map((id) => fetchLane(id, { fromMs, toMs: null }))).then(
        (entries) => isCurrent && setKnown({ lanes: new Map(entries), problem: null }),
        (error: unknown) => {
          if (!isCurrent) return;
          setKnown(({ lanes }) => ({ lanes, problem: problemOf(error) }));
          timer = window.setTimeout(() => setTurn((n) => n + 1), RETRY_MS);
        },
      );
    };
    let timer = window.setTimeout(ask, isFirst ? 0 : RECORDED_WITHIN_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [changes, fromMs, isOnline, turn]);
  return known;
}
