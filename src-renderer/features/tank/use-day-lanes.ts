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
  const latest = useRef(doing);
  latest.current = doing;
  const timer = useRef<number | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    // What happened while the core was away is not in what it said before.
    if (!isOnline) asked.current = new Set();
    // Outputs that change all the time do not put the question off.
    if (!isOnline || doing === "" || timer.current !== null) return;
    const ask = (): void => {
      timer.current = null;
      const marks = latest.current.split(BETWEEN);
      const due = marks.filter((mark) => !asked.current.has(mark)).map((mark) => mark.split(" ", 1)[0] ?? "");
      Promise.all(due.map((id) => fetchLane(id, { fromMs, toMs: null }))).then(
        (entries) => {
          asked.current = new Set(marks);
          setKnown(({ lanes }) => ({ lanes: new Map([...lanes, ...entries]), problem: null }));
        },
        (error: unknown) => {
          setKnown(({ lanes }) => ({ lanes, problem: problemOf(error) }));
          timer.current ??= window.setTimeout(() => {
            timer.current = null;
            setTurn((n) => n + 1);
          }, RETRY_MS);
        },
      );
    };
    timer.current = window.setTimeout(ask, asked.current.size === 0 ? 0 : RECORDED_WITHIN_MS);
  }, [doing, fromMs, isOnline, turn]);
  return known;
}
