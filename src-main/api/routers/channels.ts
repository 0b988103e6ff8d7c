import { z } from "zod";
import { Channel, ChannelFilter, ChannelPatch } from "#contract/channels.ts";
import { History, Stats } from "#contract/history.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { LatestReading } from "#contract/readings.ts";
import { instantFrom } from "#contract/time.ts";
import { latestOf } from "../latest-reading.ts";
import { pageFrom } from "../paging.ts";
import { ChannelPath } from "../schemas.ts";
import { SpanFields, spanFrom } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["channels"];
const SpanInput = z.strictObject({ ...ChannelPath.shape, ...SpanFields });
const HistoryInput = z.strictObject({
  ...SpanInput.shape,
  maxPoints: z.int().min(1).max(10_000).default(1_000),
});

export const channelsRouter = router({
  list: procedureFor("viewer", { method: "GET", path: "/channels", tags, summary: "Every channel" })
    .input(z.strictObject({ ...ChannelFilter.shape, ...PageRequest.shape }))
    .output(pageOf(Channel))
    .query(({ ctx, input: { limit, cursor, ...filter } }) =>
      pageFrom(
        ctx.channels.list(filter),
        cursor === undefined ? { limit } : { limit, cursor },
        (channel) => channel.id,
      ),
    ),

  get: procedureFor("viewer", { method: "GET", path: "/channels/{id}", tags, summary: "One channel" })
    .input(ChannelPath)
    .output(Channel)
    .query(({ ctx, input }) => ctx.channels.get(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/channels/{id}", tags, summary: "Change a channel" })
    .input(z.strictObject({ ...ChannelPath.shape, ...ChannelPatch.shape }))
    .output(Channel)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.channels.update(id, patch)),

  latest: procedureFor("viewer", {
    method: "GET",
    path: "/channels/{id}/latest",
    tags,
    summary: "What a channel says now",
  })
    .input(ChannelPath)
    .output(LatestReading)
    .query(({ ctx, input }) => latestOf(ctx.channels.get(input.id), ctx)),

  history: procedureFor("viewer", {
    method: "GET",
    path: "/channels/{id}/history",
    tags,
    summary: "What a channel said in [from, to); by default in the last 24 hours",
  })
    .input(HistoryInput)
    .output(History)
    .query(async ({ ctx, input }) => {
      const { id: channelId, unit } = ctx.channels.get(input.id);
      const span = spanFrom(input, ctx.clock);
      const { resolution, points } = await ctx.history.history({ channelId, span, maxPoints: input.maxPoints });
      return { channelId, unit, resolution, points: [...points] };
    }),

  stats: procedureFor("viewer", {
    method: "GET",
    path: "/channels/{id}/stats",
    tags,
    summary: "Good readings in [from, to), counted; by default of the last 24 hours",
  })
    .input(SpanInput)
    .output(Stats)
    .query(async ({ ctx, input }) => {
      const { id, unit } = ctx.channels.get(input.id);
      const { latest, ...stats } = await ctx.history.stats(id, spanFrom(input, ctx.clock));
      const shown = latest === null ? null : { value: latest.value, takenAt: instantFrom(latest.takenAtMs) };
      return { ...stats, latest: shown, unit };
    }),
});
