import { AlarmPreview, AlarmPreviewRequest } from "#contract/what-if.ts";
import { spanFrom } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["alarms"];

export const alarmsRouter = router({
  preview: procedureFor("viewer", {
    method: "POST",
    path: "/alarms/preview",
    tags,
    summary: "How often an alarm, saved or not, would have rung in [from, to); by default in the last 24 hours",
  })
    .input(AlarmPreviewRequest)
    .output(AlarmPreview)
    .mutation(({ ctx, input }) => ctx.whatIf.previewAlarm(input.alarm, spanFrom(input, ctx.clock))),
});
