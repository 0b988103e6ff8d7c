import { useEffect, useState } from "react";
import type { Stats } from "#contract/history.ts";
import { instantFrom } from "#contract/time.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import type { ChartControls } from "../../charts/use-chart.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";

const PAUSE_MS = 300;
const REFRESH_MS = 15_000;

/** Good readings of a channel over what is in view, counted by the core; again while the view follows now. */
export function useStatistics(channelId: string, { view, extent }: ChartControls) {
  const [stats, setStats] = useState<Stats | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const isOnline = useConnection((c) => c.state === "online");
  const isLive = view.kind === "last";
  const key = view.kind === "last" ? `last ${view.spanMs}` : `${view.fromMs} ${view.toMs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view that follows now is asked by its turn, not by its end
  useEffect(() => {
    if (!isOnline) return;
    let isCurrent = true;
    const span = {
      from: instantFrom(Math.max(0, extent.fromMs)),
      ...(isLive ? {} : { to: instantFrom(extent.toMs) }),
    };
    const ask = async (): Promise<void> => {
      const answer = await core.api.channels.stats.query({ id: channelId, ...span }).catch(problemOf);
      if (!isCurrent) return;
      setProblem("code" in answer ? answer : null);
      if (!("code" in answer)) setStats(answer);
    };
    const first = window.setTimeout(() => void ask(), PAUSE_MS);
    const again = isLive ? window.setTimeout(() => setTurn((n) => n + 1), REFRESH_MS) : null;
    return () => {
      isCurrent = false;
      clearTimeout(first);
      if (again !== null) clearTimeout(again);
    };
  }, [channelId, key, isOnline, turn]);
  return { stats, problem, isLoading: stats === null && problem === null };
}
