import { z } from "zod";
import { AlarmEvent, AlarmPriority, AlarmTransitionKind } from "#contract/alarms.ts";
import { AlarmId } from "#contract/ids.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { refuseEmpty, SpanFields } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["alarms"];

const Filter = z.strictObject({
  ...PageRequest.shape,
  ...SpanFields,
  alarmId: AlarmId.optional(),
  priority: AlarmPriority.optional(),
  transition: AlarmTransitionKind.optional(),
});

export const alarmEventsRouter = router({
  list: procedureFor("viewer", {
    method: "GET",
    path: "/alarm-events",
    tags,
    summary: "Every transition of alarms, newest first: of one alarm, of one priority, of one kind, in [from, to)",
  })
    .input(Filter)
    .output(pageOf(AlarmEvent))
    .query(({ ctx, input: { from, to, ...query } }) => {
      const fromMs = from === undefined ? undefined : Date.parse(from);
      const toMs = to === undefined ? undefined : Date.parse(to);
      if (fromMs !== undefined && toMs !== undefined) refuseEmpty(fromMs, toMs);
      return ctx.alarmHistory.events({ ...query, fromMs, toMs });
    }),
});
