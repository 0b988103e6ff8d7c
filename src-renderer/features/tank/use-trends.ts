import { useEffect } from "react";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { loadTrend } from "../../stores/trends.ts";
import { whenIdle } from "../../stores/when-idle.ts";

/** A page of fifty tiles asks the database three questions at a time. */
const AT_ONCE = 3;

/** Fetches the last hour of these channels; again after each reconnect, and when the database is back. */
export function useTrendsOf(channelIds: readonly string[]): void {
  const isOnline = useConnection((c) => c.state === "online");
  const onlineSinceMs = useConnection((c) => c.sinceMs);
  const isDatabaseThere = useTank((t) => t.health?.checks.database.status === "ok");
  const ids = channelIds.join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection is a reason to ask again
  useEffect(() => {
    if (!isOnline || !isDatabaseThere || ids === "") return;
    const left = ids.split(",");
    let isOver = false;
    const work = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined && !isOver; id = left.shift()) {
        const nowMs = Date.now() + useConnection.getState().clockOffsetMs;
        // Without its past a line begins with now, and says no more than it knows.
        await loadTrend(core.api, id, nowMs).catch(() => undefined);
      }
    };
    // Values first: what was before them can wait.
    whenIdle(() => {
      for (let worker = 0; worker < AT_ONCE; worker += 1) void work();
    });
    return () => {
      isOver = true;
    };
  }, [ids, isOnline, onlineSinceMs, isDatabaseThere]);
}
