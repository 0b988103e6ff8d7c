import { z } from "zod";
import {
  ActiveModeState,
  type ModeChange,
  ModeConfig,
  ModeCreate,
  ModePatch,
  ModeStart,
} from "#contract/modes.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import type { ModeNews } from "../../settings/ports.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { ModePath } from "../schemas.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["modes"];

export const modesRouter = router({
  list: procedureFor("viewer", {
    method: "GET",
    path: "/modes",
    tags,
    summary: "Every mode: what it holds, for how long, and how its outputs come back",
  })
    .input(PageRequest)
    .output(pageOf(ModeConfig))
    .query(({ ctx, input }) => pageFrom(ctx.modes.list(), input, (mode) => mode.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/modes",
    tags,
    summary: "Add a mode",
    successStatus: 201,
  })
    .input(ModeCreate)
    .output(ModeConfig)
    .mutation(({ ctx, input }) => ctx.modes.create(input)),

  active: procedureFor("viewer", {
    method: "GET",
    path: "/modes/active",
    tags,
    summary: "The mode that is on, or whose outputs are on their way back; null where there is none",
  })
    .output(ActiveModeState)
    .query(({ ctx }) => ({ active: ctx.modes.active() })),

  stop: procedureFor("operator", {
    method: "POST",
    path: "/modes/stop",
    tags,
    summary: "End the mode that is on: its outputs come back in their turn; once more, and all do at once",
  })
    .output(ActiveModeState)
    .mutation(async ({ ctx }) => ({ active: await ctx.modes.stop(ctx.principal.username) })),

  get: procedureFor("viewer", { method: "GET", path: "/modes/{id}", tags, summary: "One mode" })
    .input(ModePath)
    .output(ModeConfig)
    .query(({ ctx, input }) => ctx.modes.get(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/modes/{id}", tags, summary: "Change a mode" })
    .input(z.strictObject({ ...ModePath.shape, ...ModePatch.shape }))
    .output(ModeConfig)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.modes.update(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/modes/{id}",
    tags,
    summary: "Remove a mode",
    successStatus: 204,
  })
    .input(ModePath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.modes.remove(input.id)),

  start: procedureFor("operator", {
    method: "POST",
    path: "/modes/{id}/start",
    tags,
    summary: "Start a mode in place of the one that is on, for its own time or for durationS",
  })
    .input(z.strictObject({ ...ModePath.shape, ...ModeStart.shape }))
    .output(ActiveModeState)
    .mutation(async ({ ctx, input: { id, durationS } }) => ({
      active: await ctx.modes.start(id, { by: ctx.principal.username, durationS }),
    })),

  /** Every mode and what is on, then each as it changes; and those that go. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) => {
    const active = (): ModeChange => ({ kind: "active", active: ctx.modes.active() });
    const show = (news: ModeNews): ModeChange => {
      if (news.kind === "active") return active();
      const mode = ctx.modes.list().find(({ id }) => id === news.id);
      return mode === undefined ? { kind: "removed", id: news.id } : { kind: "mode", mode };
    };
    return liveFrom(
      ctx,
      {
        subscribe: (listener: (news: ModeNews) => void) => ctx.modes.onChange(listener),
        snapshot: () => [...ctx.modes.list().map((mode): ModeChange => ({ kind: "mode", mode })), active()],
        keyOf: (news) => (news.kind === "active" ? "active" : news.id),
        show,
      },
      signal,
    );
  }),
});
