import { z } from "zod";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { type Health, LogEntry, LogFilter, SafeMode, SystemInfo, SystemUsage } from "#contract/system.ts";
import type { RingLine } from "../../platform/log-ring.ts";
import { liveFrom } from "../live.ts";
import { entryFrom } from "../log-entries.ts";
import { pageFrom } from "../paging.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["system"];
/** A client too slow for the log loses what lies between: so many of the newest lines stay for it. */
const NEWEST_LINES = 1_000;

export const systemRouter = router({
  info: procedureFor("viewer", { method: "GET", path: "/system/info", tags, summary: "What runs here" })
    .output(SystemInfo)
    .query(({ ctx }) => ctx.system.info()),

  usage: procedureFor("viewer", {
    method: "GET",
    path: "/system/usage",
    tags,
    summary: "What it takes of its machine",
  })
    .output(SystemUsage)
    .query(({ ctx }) => ctx.system.usage()),

  safeMode: procedureFor("viewer", {
    method: "GET",
    path: "/system/safe-mode",
    tags,
    summary: "Whether only life support runs, and why",
  })
    .output(SafeMode)
    .query(({ ctx }) => ctx.system.safeMode()),

  endSafeMode: procedureFor("operator", {
    method: "DELETE",
    path: "/system/safe-mode",
    tags,
    summary: "Lets everything run again",
  })
    .output(SafeMode)
    .mutation(({ ctx }) => ctx.system.endSafeMode(ctx.principal.username)),

  logs: procedureFor("admin", {
    method: "GET",
    path: "/system/logs",
    tags,
    summary: "The last lines of the log, oldest first; `level` and what is more severe",
  })
    .input(z.strictObject({ ...PageRequest.shape, ...LogFilter.shape }))
    .output(pageOf(LogEntry))
    .query(({ ctx, input }) => {
      const entries = ctx.logs.lines().map((line) => entryFrom(line, input.level));
      return pageFrom(
        entries.filter((entry) => entry !== null),
        input,
        (entry) => entry.id,
      );
    }),

  /** The last lines of the log, then each as it is said. */
  logsLive: procedureFor("admin")
    .input(LogFilter.optional())
    .subscription(({ ctx, input, signal }) => {
      const show = (line: RingLine) => entryFrom(line, input?.level);
      return liveFrom(
        ctx,
        {
          subscribe: (listener: (line: RingLine) => void) => ctx.logs.onLine(listener),
          snapshot: () =>
            ctx.logs
              .lines()
              .map(show)
              .filter((entry) => entry !== null),
          keyOf: (line) => String(line.sequence % NEWEST_LINES),
          show,
        },
        signal,
      );
    }),

  /** The health as /health tells it, then again at every change. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) =>
    liveFrom(
      ctx,
      {
        subscribe: (listener: (health: Health) => void) => ctx.system.onHealthChange(listener),
        snapshot: () => [ctx.system.health()],
        keyOf: () => "health",
        show: (health) => health,
      },
      signal,
    ),
  ),
});
