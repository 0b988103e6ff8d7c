import { z } from "zod";
import type { LoopId } from "#contract/ids.ts";
import { Loop, type LoopChange, LoopCreate, LoopPatch } from "#contract/loops.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { LoopPreview, LoopPreviewRequest } from "#contract/what-if.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { LoopPath } from "../schemas.ts";
import { spanFrom } from "../span.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["loops"];

export const loopsRouter = router({
  list: procedureFor("viewer", {
    method: "GET",
    path: "/loops",
    tags,
    summary: "Every control loop, with its live state",
  })
    .input(PageRequest)
    .output(pageOf(Loop))
    .query(({ ctx, input }) => pageFrom(ctx.loops.list(), input, (loop) => loop.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/loops",
    tags,
    summary: "Add a loop",
    successStatus: 201,
  })
    .input(LoopCreate)
    .output(Loop)
    .mutation(({ ctx, input }) => ctx.loops.create(input)),

  preview: procedureFor("viewer", {
    method: "POST",
    path: "/loops/preview",
    tags,
    summary:
      "What a loop, saved or not, would have done in [from, to), beside what was done; by default in the last 24 hours",
  })
    .input(LoopPreviewRequest)
    .output(LoopPreview)
    .mutation(({ ctx, input }) => ctx.whatIf.previewLoop(input.loop, spanFrom(input, ctx.clock))),

  get: procedureFor("viewer", {
    method: "GET",
    path: "/loops/{id}",
    tags,
    summary: "One loop, and the reason for what it does",
  })
    .input(LoopPath)
    .output(Loop)
    .query(({ ctx, input }) => ctx.loops.get(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/loops/{id}", tags, summary: "Change a loop" })
    .input(z.strictObject({ ...LoopPath.shape, ...LoopPatch.shape }))
    .output(Loop)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.loops.update(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/loops/{id}",
    tags,
    summary: "Remove a loop",
    successStatus: 204,
  })
    .input(LoopPath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.loops.remove(input.id)),

  refill: procedureFor("operator", {
    method: "POST",
    path: "/loops/{id}/refill",
    tags,
    summary: "Say that the container a doser doses from is full again",
  })
    .input(LoopPath)
    .output(Loop)
    .mutation(({ ctx, input }) => ctx.loops.refill(input.id)),

  /** Every loop, then each as it or what it does changes; and those that go. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) => {
    const show = (id: LoopId): LoopChange => {
      const loop = ctx.loops.list().find((candidate) => candidate.id === id);
      return loop === undefined ? { kind: "removed", id } : { kind: "loop", loop };
    };
    return liveFrom(
      ctx,
      {
        subscribe: (listener: (id: LoopId) => void) => ctx.loops.onChange(listener),
        snapshot: () => ctx.loops.list().map((loop): LoopChange => ({ kind: "loop", loop })),
        keyOf: (id) => id,
        show,
      },
      signal,
    );
  }),
});
