import { z } from "zod";
import { Output, OverrideRequest } from "#contract/outputs.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { OutputPath } from "../schemas.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["outputs"];

export const outputsRouter = router({
  list: procedureFor("viewer", {
    method: "GET",
    path: "/outputs",
    tags,
    summary: "Every output: who holds it, and why",
  })
    .input(PageRequest)
    .output(pageOf(Output))
    .query(({ ctx, input }) => pageFrom(ctx.outputs.list(), input, (output) => output.channelId)),

  get: procedureFor("viewer", { method: "GET", path: "/outputs/{channelId}", tags, summary: "One output" })
    .input(OutputPath)
    .output(Output)
    .query(({ ctx, input }) => ctx.outputs.get(input.channelId)),

  override: procedureFor("operator", {
    method: "POST",
    path: "/outputs/{channelId}/override",
    tags,
    summary: "Hold an output at a level (a switch: 0 or 100) for a time",
  })
    .input(z.strictObject({ ...OutputPath.shape, ...OverrideRequest.shape }))
    .output(Output)
    .mutation(({ ctx, input: { channelId, ...request } }) =>
      ctx.outputs.override(channelId, request, ctx.principal.username),
    ),

  clearOverride: procedureFor("operator", {
    method: "DELETE",
    path: "/outputs/{channelId}/override",
    tags,
    summary: "Return an output to automatic",
  })
    .input(OutputPath)
    .output(Output)
    .mutation(({ ctx, input }) => ctx.outputs.clearOverride(input.channelId, ctx.principal.username)),

  reset: procedureFor("operator", {
    method: "POST",
    path: "/outputs/{channelId}/reset",
    tags,
    summary: "Clear an output's latched faults",
  })
    .input(OutputPath)
    .output(Output)
    .mutation(({ ctx, input }) => ctx.outputs.reset(input.channelId, ctx.principal.username)),

  /** Every output, then each as it changes. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) =>
    liveFrom(
      ctx,
      {
        subscribe: (listener: (output: Output) => void) => ctx.outputs.onChange(listener),
        snapshot: () => ctx.outputs.list(),
        keyOf: (output) => output.channelId,
        show: (output) => output,
      },
      signal,
    ),
  ),
});
