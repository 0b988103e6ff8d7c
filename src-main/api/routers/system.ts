import { type Health, SystemInfo, SystemUsage } from "#contract/system.ts";
import { liveFrom } from "../live.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["system"];

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
