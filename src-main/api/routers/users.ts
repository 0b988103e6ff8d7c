import { z } from "zod";
import { PinChange, SelfPatch, User, UserCreate, UserPatch } from "#contract/identity.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { Preferences, PreferencesPatch } from "#contract/preferences.ts";
import type { PreferencesChange } from "../../identity/ports.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { UserPath } from "../schemas.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["users"];

export const usersRouter = router({
  list: procedureFor("admin", { method: "GET", path: "/users", tags, summary: "Every user" })
    .input(PageRequest)
    .output(pageOf(User))
    .query(async ({ ctx, input }) => pageFrom(await ctx.identity.listUsers(), input, (user) => user.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/users",
    tags,
    summary: "Add a user",
    successStatus: 201,
  })
    .input(UserCreate)
    .output(User)
    .mutation(({ ctx, input }) => ctx.identity.createUser(input)),

  get: procedureFor("admin", { method: "GET", path: "/users/{id}", tags, summary: "One user" })
    .input(UserPath)
    .output(User)
    .query(({ ctx, input }) => ctx.identity.getUser(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/users/{id}", tags, summary: "Change a user" })
    .input(z.strictObject({ ...UserPath.shape, ...UserPatch.shape }))
    .output(User)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.identity.updateUser(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/users/{id}",
    tags,
    summary: "Remove a user",
    successStatus: 204,
  })
    .input(UserPath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.identity.deleteUser(input.id)),

  me: procedureFor("viewer", { method: "GET", path: "/users/me", tags, summary: "Who is signed in" })
    .output(User)
    .query(({ ctx }) => ctx.identity.getUser(ctx.principal.userId)),

  patchMe: procedureFor("viewer", {
    method: "PATCH",
    path: "/users/me",
    tags,
    summary: "Change one's own name or password",
  })
    .input(SelfPatch)
    .output(User)
    .mutation(({ ctx, input }) => ctx.identity.updateSelf(ctx.principal, input)),

  setPin: procedureFor("viewer", {
    method: "PUT",
    path: "/users/me/pin",
    tags,
    summary: "Set one's own kiosk PIN, or take it away",
  })
    .input(PinChange)
    .output(User)
    .mutation(({ ctx, input }) => ctx.identity.setPin(ctx.principal, input)),

  preferences: procedureFor("viewer", {
    method: "GET",
    path: "/users/me/preferences",
    tags,
    summary: "How one wants to see things: language, theme, units, dashboard",
  })
    .output(Preferences)
    .query(({ ctx }) => ctx.preferences.get(ctx.principal.userId)),

  /** One's own preferences as they are, then again at every change, wherever it was made. */
  preferencesLive: procedureFor("viewer").subscription(async function* ({ ctx, signal }) {
    const own = ctx.principal.userId;
    await ctx.preferences.get(own);
    yield* liveFrom(
      ctx,
      {
        subscribe: (listener: (change: PreferencesChange) => void) => ctx.preferences.onChange(listener),
        snapshot: () => [ctx.preferences.known(own)],
        keyOf: ({ userId }) => userId,
        show: ({ userId, preferences }) => (userId === own ? preferences : null),
      },
      signal,
    );
  }),

  patchPreferences: procedureFor("viewer", {
    method: "PATCH",
    path: "/users/me/preferences",
    tags,
    summary: "Change one's own preferences; what is left out stays",
  })
    .input(PreferencesPatch)
    .output(Preferences)
    .mutation(({ ctx, input }) => ctx.preferences.update(ctx.principal.userId, input)),
});
