import { useEffect, useRef, useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { fetchLane, type LaneSpan } from "../../charts/use-lanes.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTank } from "../../stores/tank.ts";

/** What an output did just now is in the record by then. */
const RECORDED_WITHIN_MS = 2_000;
const RETRY_MS = 10_000;
const BETWEEN = "\n";

type Lanes = ReadonlyMap<string, readonly LaneSpan[]>;

interface DayLanes {
  /** By channel; one that is not in it has not been answered for yet. */
  readonly lanes: Lanes;
  /** Why there is nothing to show; it is tried again by itself. */
  readonly problem: Problem | null;
}

const NOTHING: DayLanes = { lanes: new Map(), problem: null };

/** What outputs did since a day began. Of one that changes it is asked again. */
export function useDayLanes(channelIds: readonly string[], fromMs: number): DayLanes {
  const [known, setKnown] = useState<DayLanes>(NOTHING);
  const [turn, setTurn] = useState(0);
  const isOnline = useConnection((c) => c.state === "online");
  /** Each output with what it was doing when it was last asked for. */
  const asked = useRef<ReadonlySet<string>>(new Set());
  const doing = useTank((t) =>
    channelIds
      .map((id) => `${id} ${fromMs} ${t.outputs.get(id)?.since} ${t.outputs.get(id)?.actual}`)
      .join(BETWEEN),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    // What happened while the core was away is not in what it said before.
    if (!isOnline) asked.current = new Set();
    if (!isOnline || doing === "") return;
    const marks = doing.split(BETWEEN);
    const due = marks.filter((mark) => !asked.current.has(mark)).map((mark) => mark.split(" ", 1)[0] ?? "");
    let isCurrent = true;
    const ask = (): void => {
      Promise.all(due.map((id) => fetchLane(id, { fromMs, toMs: null }))).then(
        (entries) => {
          if (!isCurrent) return;
          asked.current = new Set(marks);
          setKnown(({ lanes }) => ({ lanes: new Map([...lanes, ...entries]), problem: null }));
        },
        (error: unknown) => {
          if (!isCurrent) return;
          setKnown(({ lanes }) => ({ lanes, problem: problemOf(error) }));
          timer = window.setTimeout(() => setTurn((n) => n + 1), RETRY_MS);
        },
      );
    };
    let timer = window.setTimeout(ask, asked.current.size === 0 ? 0 : RECORDED_WITHIN_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [doing, fromMs, isOnline, turn]);
  return known;
}
