import { z } from "zod";
import { OutputHistory } from "#contract/history.ts";
import { Output, OverrideRequest } from "#contract/outputs.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { OutputPath } from "../schemas.ts";
import { SpanFields, spanFrom } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["outputs"];
const HistoryInput = z.strictObject({
  ...OutputPath.shape,
  ...SpanFields,
  maxSpans: z.int().min(1).max(10_000).default(1_000),
});

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

  history: procedureFor("viewer", {
    method: "GET",
    path: "/outputs/{channelId}/history",
    tags,
    summary: "What an output did in [from, to), up to now; by default in the last 24 hours",
  })
    .input(HistoryInput)
    .output(OutputHistory)
    .query(async ({ ctx, input }) => {
      const { channelId } = ctx.outputs.get(input.channelId);
      const { fromMs, toMs } = spanFrom(input, ctx.clock);
      const span = { fromMs, toMs: Math.min(toMs, ctx.clock.nowMs()) };
      return {
        channelId,
        ...(await ctx.outputHistory.outputHistory({ channelId, span, maxPoints: input.maxSpans })),
      };
    }),

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
