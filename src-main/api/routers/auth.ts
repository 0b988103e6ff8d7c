import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import { FirstRun, LoginRequest, Pin, RefreshRequest, Session, SetupRequest, User } from "#contract/identity.ts";
import { procedureFor, publicProcedure, router, signInProcedure } from "../trpc.ts";

const tags = ["auth"];
/** Who sits at the machine itself: the one caller that no network can be. */
const WINDOW = "ipc";

/** Transport only: who may come in is decided in identity/. */
export const authRouter = router({
  login: signInProcedure({ method: "POST", path: "/auth/login", tags, summary: "Sign in" })
    .input(LoginRequest)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      const session = await ctx.identity.login(input, ctx.address);
      await ctx.onSignedIn(session.accessToken);
      return session;
    }),

  refresh: signInProcedure({
    method: "POST",
    path: "/auth/refresh",
    tags,
    summary: "Trade a refresh token for a new session",
  })
    .input(RefreshRequest)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      const session = await ctx.identity.refresh(input);
      await ctx.onSignedIn(session.accessToken);
      return session;
    }),

  /** By the refresh token; without one, the session of whoever asks. */
  logout: publicProcedure({
    method: "POST",
    path: "/auth/logout",
    tags,
    summary: "End a session",
    successStatus: 204,
  })
    .input(RefreshRequest.pick({ refreshToken: true }).partial())
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      if (input.refreshToken !== undefined) return ctx.identity.logout(input.refreshToken);
      if (ctx.principal !== null) return ctx.identity.endSession(ctx.principal);
      throw new ReefFault("invalid", "Send the refresh token of the session to end", {
        details: [{ field: "refreshToken", message: "is needed" }],
      });
    }),

  setup: publicProcedure({
    method: "POST",
    path: "/auth/setup",
    tags,
    summary: "Make the first admin",
    successStatus: 201,
  })
    .input(SetupRequest)
    .output(User)
    .mutation(({ ctx, input }) => ctx.identity.setup(input)),

  firstRun: publicProcedure({
    method: "GET",
    path: "/auth/first-run",
    tags,
    summary: "Whether the first admin is still to be made",
  })
    .output(FirstRun)
    .query(({ ctx }) => ({
      isNeeded: ctx.identity.needsSetup(),
      code: ctx.address === WINDOW ? ctx.identity.setupCode() : null,
    })),

  /** Unlocks a kiosk that is signed in; it changes nothing and signs nobody in. */
  verifyPin: procedureFor("viewer")
    .input(z.strictObject({ pin: Pin }))
    .output(z.strictObject({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.identity.verifyPin(ctx.principal, input.pin);
      return { ok: true } as const;
    }),
});
