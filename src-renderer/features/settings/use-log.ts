import { useEffect, useState } from "react";
import type { LogEntry, LogLevel } from "#contract/system.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { FrameBuffer } from "../../stores/mirror.ts";
import { withNewLines } from "./log-lines.ts";

interface Log {
  /** Oldest first; null: none came yet. */
  readonly lines: readonly LogEntry[] | null;
  readonly problem: Problem | null;
}

const NOTHING: Log = { lines: null, problem: null };

/** The core's log, at least this severe: the last lines, then each as it is said; begun anew with each connection. */
export function useLog(level: LogLevel): Log {
  const isOnline = useConnection((c) => c.state === "online");
  const [log, setLog] = useState<Log>(NOTHING);

  useEffect(() => {
    if (!isOnline) return;
    let isOver = false;
    let isFresh = true;
    const buffer = new FrameBuffer<LogEntry>((came) => {
      // The core counts its lines anew when it starts: what an earlier connection told cannot be continued.
      const isFirst = isFresh;
      isFresh = false;
      if (!isOver)
        setLog((was) => ({ lines: withNewLines(isFirst ? [] : (was.lines ?? []), came), problem: null }));
    });
    const subscription = core.api.system.logsLive.subscribe(
      { level },
      {
        onStarted: () => isFresh && setLog((was) => ({ lines: was.lines ?? [], problem: null })),
        onData: (entry) => buffer.push(entry),
        onError: (error) => setLog((was) => ({ ...was, problem: problemOf(error) })),
      },
    );
    return () => {
      isOver = true;
      subscription.unsubscribe();
    };
  }, [isOnline, level]);

  return log;
}
