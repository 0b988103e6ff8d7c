import { z } from "zod";
import {
  type DesktopNotice,
  NotificationSettings,
  NotificationSettingsPatch,
  NotificationTarget,
  NotificationTargetCreate,
  NotificationTargetPatch,
  NotificationTestResult,
} from "#contract/notifications.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { NotificationTargetPath } from "../schemas.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["notifications"];

export const notificationsRouter = router({
  list: procedureFor("admin", {
    method: "GET",
    path: "/notifications/targets",
    tags,
    summary: "Every target of messages, and how its deliveries are",
  })
    .input(PageRequest)
    .output(pageOf(NotificationTarget))
    .query(async ({ ctx, input }) => pageFrom(await ctx.notificationTargets.list(), input, (target) => target.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/notifications/targets",
    tags,
    summary: "Add a target; its secret goes in and never comes out",
    successStatus: 201,
  })
    .input(NotificationTargetCreate)
    .output(NotificationTarget)
    .mutation(({ ctx, input }) => ctx.notificationTargets.create(input)),

  settings: procedureFor("admin", {
    method: "GET",
    path: "/notifications/settings",
    tags,
    summary: "The outgoing heartbeat, and where the links of messages lead",
  })
    .output(NotificationSettings)
    .query(({ ctx }) => ctx.notificationTargets.settings()),

  patchSettings: procedureFor("admin", {
    method: "PATCH",
    path: "/notifications/settings",
    tags,
    summary: "Change the outgoing heartbeat, or where the links of messages lead",
  })
    .input(NotificationSettingsPatch)
    .output(NotificationSettings)
    .mutation(({ ctx, input }) => ctx.notificationTargets.updateSettings(input)),

  get: procedureFor("admin", {
    method: "GET",
    path: "/notifications/targets/{id}",
    tags,
    summary: "One target of messages",
  })
    .input(NotificationTargetPath)
    .output(NotificationTarget)
    .query(({ ctx, input }) => ctx.notificationTargets.get(input.id)),

  patch: procedureFor("admin", {
    method: "PATCH",
    path: "/notifications/targets/{id}",
    tags,
    summary: "Change a target; a secret that is null stays as it was",
  })
    .input(z.strictObject({ ...NotificationTargetPath.shape, ...NotificationTargetPatch.shape }))
    .output(NotificationTarget)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.notificationTargets.update(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/notifications/targets/{id}",
    tags,
    summary: "Remove a target, and what waits for it",
    successStatus: 204,
  })
    .input(NotificationTargetPath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.notificationTargets.remove(input.id)),

  test: procedureFor("admin", {
    method: "POST",
    path: "/notifications/targets/{id}/test",
    tags,
    summary: "Send one message now, and say what came of it",
  })
    .input(NotificationTargetPath)
    .output(NotificationTestResult)
    .mutation(({ ctx, input }) => ctx.notificationTargets.test(input.id)),

  /** What desktop targets are told, from now on: for a window to show where its user looks. */
  desktop: procedureFor("viewer").subscription(({ ctx, signal }) =>
    liveFrom(
      ctx,
      {
        subscribe: (listener: (notice: DesktopNotice) => void) => ctx.notifications.onDesktopNotice(listener),
        snapshot: () => [],
        keyOf: (notice) => notice.id,
        show: (notice) => notice,
      },
      signal,
    ),
  ),
});
