import { AcquisitionState } from "#contract/system.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["acquisition"];

export const acquisitionRouter = router({
  state: procedureFor("viewer", { method: "GET", path: "/acquisition", tags, summary: "The truth of each poller" })
    .output(AcquisitionState)
    .query(({ ctx }) => ctx.acquisition.state()),

  start: procedureFor("admin", { method: "POST", path: "/acquisition/start", tags, summary: "Start polling" })
    .output(AcquisitionState)
    .mutation(async ({ ctx }) => {
      await ctx.acquisition.start();
      return ctx.acquisition.state();
    }),

  stop: procedureFor("admin", {
    method: "POST",
    path: "/acquisition/stop",
    tags,
    summary: "Stop polling, over restarts too",
  })
    .output(AcquisitionState)
    .mutation(async ({ ctx }) => {
      await ctx.acquisition.stop();
      return ctx.acquisition.state();
    }),
});
