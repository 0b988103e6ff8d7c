import { z } from "zod";
import {
  Alarm,
  AlarmAcknowledge,
  type AlarmChange,
  AlarmCreate,
  AlarmOutOfService,
  AlarmPatch,
  AlarmShelve,
  AlarmStatistics,
} from "#contract/alarms.ts";
import type { AlarmId } from "#contract/ids.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { AlarmPreview, AlarmPreviewRequest } from "#contract/what-if.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { AlarmPath } from "../schemas.ts";
import { SpanFields, spanFrom } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["alarms"];

export const alarmsRouter = router({
  list: procedureFor("viewer", {
    method: "GET",
    path: "/alarms",
    tags,
    summary: "Every alarm: what it is, and how it stands",
  })
    .input(PageRequest)
    .output(pageOf(Alarm))
    .query(({ ctx, input }) => pageFrom(ctx.alarms.list(), input, (alarm) => alarm.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/alarms",
    tags,
    summary: "Add an alarm",
    successStatus: 201,
  })
    .input(AlarmCreate)
    .output(Alarm)
    .mutation(({ ctx, input }) => ctx.alarms.create(input)),

  standing: procedureFor("viewer", {
    method: "GET",
    path: "/alarms/standing",
    tags,
    summary: "Every alarm that is not normal, the most urgent first, of one priority the oldest first",
  })
    .input(PageRequest)
    .output(pageOf(Alarm))
    .query(({ ctx, input }) => pageFrom(ctx.alarms.standing(), input, (alarm) => alarm.id)),

  statistics: procedureFor("viewer", {
    method: "GET",
    path: "/alarms/statistics",
    tags,
    summary: "How the alarms themselves do in [from, to), a year at most; by default in the last 24 hours",
  })
    .input(z.strictObject(SpanFields))
    .output(AlarmStatistics)
    .query(({ ctx, input }) => ctx.alarmHistory.statistics(spanFrom(input, ctx.clock))),

  preview: procedureFor("viewer", {
    method: "POST",
    path: "/alarms/preview",
    tags,
    summary: "How often an alarm, saved or not, would have rung in [from, to); by default in the last 24 hours",
  })
    .input(AlarmPreviewRequest)
    .output(AlarmPreview)
    .mutation(({ ctx, input }) => ctx.whatIf.previewAlarm(input.alarm, spanFrom(input, ctx.clock))),

  get: procedureFor("viewer", { method: "GET", path: "/alarms/{id}", tags, summary: "One alarm" })
    .input(AlarmPath)
    .output(Alarm)
    .query(({ ctx, input }) => ctx.alarms.get(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/alarms/{id}", tags, summary: "Change an alarm" })
    .input(z.strictObject({ ...AlarmPath.shape, ...AlarmPatch.shape }))
    .output(Alarm)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.alarms.update(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/alarms/{id}",
    tags,
    summary: "Remove an alarm; its events stay",
    successStatus: 204,
  })
    .input(AlarmPath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.alarms.remove(input.id)),

  acknowledge: procedureFor("operator", {
    method: "POST",
    path: "/alarms/{id}/acknowledge",
    tags,
    summary: "Say that somebody looks after it; it stands until what raised it is over",
  })
    .input(z.strictObject({ ...AlarmPath.shape, ...AlarmAcknowledge.shape }))
    .output(Alarm)
    .mutation(({ ctx, input: { id, note } }) => ctx.alarms.acknowledge(id, { by: ctx.principal.username, note })),

  shelve: procedureFor("operator", {
    method: "POST",
    path: "/alarms/{id}/shelve",
    tags,
    summary: "Keep it quiet for durationS, a day at most; it goes on watching",
  })
    .input(z.strictObject({ ...AlarmPath.shape, ...AlarmShelve.shape }))
    .output(Alarm)
    .mutation(({ ctx, input: { id, durationS, note } }) =>
      ctx.alarms.shelve(id, durationS, { by: ctx.principal.username, note }),
    ),

  unshelve: procedureFor("operator", {
    method: "POST",
    path: "/alarms/{id}/unshelve",
    tags,
    summary: "End its shelving now",
  })
    .input(AlarmPath)
    .output(Alarm)
    .mutation(({ ctx, input }) => ctx.alarms.unshelve(input.id, { by: ctx.principal.username })),

  reset: procedureFor("operator", {
    method: "POST",
    path: "/alarms/{id}/reset",
    tags,
    summary: "End an alarm that stays until somebody does, once what raised it is over",
  })
    .input(AlarmPath)
    .output(Alarm)
    .mutation(({ ctx, input }) => ctx.alarms.reset(input.id, { by: ctx.principal.username })),

  outOfService: procedureFor("admin", {
    method: "POST",
    path: "/alarms/{id}/out-of-service",
    tags,
    summary: "Keep it quiet until somebody puts it back in service, for a reason",
  })
    .input(z.strictObject({ ...AlarmPath.shape, ...AlarmOutOfService.shape }))
    .output(Alarm)
    .mutation(({ ctx, input: { id, reason } }) =>
      ctx.alarms.setInService(id, false, { by: ctx.principal.username, note: reason }),
    ),

  inService: procedureFor("admin", {
    method: "POST",
    path: "/alarms/{id}/in-service",
    tags,
    summary: "Put it back in service",
  })
    .input(AlarmPath)
    .output(Alarm)
    .mutation(({ ctx, input }) => ctx.alarms.setInService(input.id, true, { by: ctx.principal.username })),

  /** Every alarm, then each as it or how it stands changes; and those that go. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) => {
    const show = (id: AlarmId): AlarmChange => {
      try {
        return { kind: "alarm", alarm: ctx.alarms.get(id) };
      } catch {
        return { kind: "removed", id };
      }
    };
    return liveFrom(
      ctx,
      {
        subscribe: (listener: (id: AlarmId) => void) => ctx.alarms.onChange(listener),
        snapshot: () => ctx.alarms.list().map((alarm): AlarmChange => ({ kind: "alarm", alarm })),
        keyOf: (id) => id,
        show,
      },
      signal,
    );
  }),
});
