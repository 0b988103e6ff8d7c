import { initTRPC } from "@trpc/server";
import { ReefFault } from "#contract/errors.ts";
import { isAtLeast, type UserRole } from "#contract/roles.ts";
import type { Principal } from "../identity/ports.ts";
import type { ApiContext } from "./context.ts";
import { flawsIn } from "./input-guard.ts";
import { misfit, problemFrom, trpcErrorFrom } from "./problems.ts";

/** Who may call a procedure: everyone, or a signed-in user of at least this role. */
export type NeededRole = "public" | UserRole;

export interface RestRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`; parameters as `{name}`. */
  readonly path: `/${string}`;
  readonly tags: string[];
  readonly summary: string;
  /** Default 200; 204 has no body. */
  readonly successStatus?: 200 | 201 | 204;
}

/** What every procedure says of itself. Those without `openapi` are reached over tRPC alone. */
export interface ProcedureMeta {
  readonly role: NeededRole;
  /** It makes its caller somebody: what a line that is nobody's asks after it waits until it is done. */
  readonly signsIn?: boolean;
  readonly openapi?: RestRoute;
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const { code, message, details, retryAfterS } = problemFrom(error);
      return { ...shape, message, data: { ...shape.data, fault: code, details, retryAfterS } };
    },
  });

export const { router } = t;

/** @throws ReefFault unauthenticated, forbidden */
export function assertAllowed(needed: NeededRole, principal: Principal | null): void {
  const fault = refusalOf(needed, principal);
  if (fault !== null) throw fault;
}

/** Why someone may not do this; null: he may. */
function refusalOf(needed: NeededRole | undefined, principal: Principal | null): ReefFault | null {
  if (needed === undefined) return new ReefFault("forbidden", "This procedure is for nobody");
  if (needed === "public") return null;
  if (principal === null) return nobody();
  if (isAtLeast(principal.role, needed)) return null;
  return new ReefFault("forbidden", `This needs the role ${needed}; yours is ${principal.role}`);
}

/** Who calls, with the role he has now; null: nobody, or nobody any more. */
function principalNow({ principal, identity }: ApiContext): Principal | null {
  return principal === null ? null : identity.principalNow(principal);
}

/** Only on a line that is nobody's yet: whoever is signed in never waits, least of all with an emergency stop. */
const inTurn = t.middleware(async ({ ctx, meta, next }) => {
  if (meta?.signsIn === true) return ctx.signIns.take(next);
  if (principalNow(ctx) === null) await ctx.signIns.over();
  return next();
});

/** A procedure without a role in its meta is for nobody. */
const authorized = t.middleware(({ ctx, meta, next }) => {
  const principal = principalNow(ctx);
  const fault = refusalOf(meta?.role, principal);
  if (fault !== null) throw trpcErrorFrom(fault);
  return next({ ctx: { principal } });
});

function nobody(): ReefFault {
  return new ReefFault("unauthenticated", "Nobody is signed in here, or not any more; sign in first");
}

const faultsMapped = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof ReefFault) throw trpcErrorFrom(result.error.cause);
  return result;
});

const guarded = t.middleware(async ({ getRawInput, next }) => {
  const details = flawsIn(await getRawInput());
  if (details.length === 0) return next();
  throw trpcErrorFrom(new ReefFault("invalid", misfit(details), { details }));
});

const counted = t.middleware(async ({ ctx, type, path, next }) => {
  const result = await next();
  if (type !== "subscription" || !result.ok) return result;
  return { ...result, data: ctx.subscriptions.counted(path, result.data as AsyncIterable<unknown>) };
});

const procedure = t.procedure.use(faultsMapped).use(inTurn).use(authorized).use(guarded).use(counted);

/** Anyone may call it, signed in or not. */
export const publicProcedure = (openapi: RestRoute) => procedure.meta({ role: "public", openapi });

/** As `publicProcedure`; whoever calls it over a line is signed in on it from then on. */
export const signInProcedure = (openapi: RestRoute) => procedure.meta({ role: "public", signsIn: true, openapi });

/** Needs somebody signed in with at least `role`, whom it finds as `ctx.principal`. */
export const procedureFor = (role: UserRole, openapi?: RestRoute) =>
  procedure.meta(openapi === undefined ? { role } : { role, openapi }).use(({ ctx, next }) => {
    const { principal } = ctx;
    if (principal === null) throw trpcErrorFrom(nobody());
    return next({ ctx: { principal } });
  });
