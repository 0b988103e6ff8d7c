import { callTRPCProcedure, TRPCError } from "@trpc/server";
import { ReefFault } from "#contract/errors.ts";
import { appRouter } from "../../api/app-router.ts";
import type { ApiContext, ApiServices } from "../../api/context.ts";
import { LONE_CALL } from "../../api/lone-call.ts";
import { type Problem, problemFrom } from "../../api/problems.ts";
import { assertAllowed } from "../../api/trpc.ts";
import type { Principal } from "../../identity/ports.ts";
import { type Exchange, send, sendJson, sendProblem } from "../answers.ts";
import { credentialsOf } from "../credentials.ts";
import { assertJson, fieldsFrom, readBody } from "./body.ts";
import { inputFromQuery } from "./query.ts";
import { allowed, findResource, type Resource, type Route } from "./routes.ts";

const METHODS_WITH_QUERY = new Set(["GET", "HEAD"]);

interface Target {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * REST over the router's own procedures. Checks in this order: 401, 403, 413, 415, 400, 404 (405), then whatever the
 * procedure finds.
 */
export class RestDoor {
  readonly #services: ApiServices;

  constructor(services: ApiServices) {
    this.#services = services;
  }

  /** @param path below `/api/v1` */
  async answer(exchange: Exchange, path: string): Promise<void> {
    const found = findResource(path);
    const method = exchange.req.method ?? "GET";
    const route = found?.resource.routes.get(method === "HEAD" ? "GET" : method);
    try {
      const principal = await this.#admit(exchange, found?.resource ?? null, route);
      const body = await readBody(exchange);
      if (found === null)
        throw new ReefFault("not-found", "There is nothing at this path; /openapi.json lists what is");
      if (route === undefined) return refuseMethod(exchange, found.resource);
      const target = { route, params: found.params };
      const result = await this.#call(exchange, { target, principal, body });
      const status = route.rest.successStatus ?? 200;
      if (status === 204) send(exchange, status, null);
      else sendJson(exchange, status, result);
    } catch (error) {
      this.#refuse(exchange, error, route);
    }
  }

  /** What needs nobody is open to all; a path that is not there is shown to nobody who has not signed in. */
  async #admit(
    exchange: Exchange,
    resource: Resource | null,
    route: Route | undefined,
  ): Promise<Principal | null> {
    const { principal, refusal } = await credentialsOf(exchange.req, this.#services.identity);
    const hasPublic = [...(resource?.routes.values() ?? [])].some((other) => other.role === "public");
    const role = route?.role ?? (hasPublic ? "public" : "viewer");
    if (principal === null && role !== "public" && refusal !== null) throw refusal;
    assertAllowed(role, principal);
    return principal;
  }

  #call(
    exchange: Exchange,
    { target, principal, body }: { target: Target; principal: Principal | null; body: Buffer },
  ): Promise<unknown> {
    const ctx: ApiContext = {
      ...this.#services,
      ...LONE_CALL,
      principal,
      address: exchange.req.socket.remoteAddress ?? "unknown",
    };
    const input = inputFrom(exchange, target, body);
    return callTRPCProcedure({
      router: appRouter,
      path: target.route.procedure,
      type: target.route.type,
      getRawInput: async () => input,
      ctx,
      signal: undefined,
      batchIndex: 0,
    });
  }

  #refuse(exchange: Exchange, error: unknown, route: Route | undefined): void {
    const problem = withPathAsNotFound(problemFrom(error), route);
    if (problem.code === "internal") {
      const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
      this.#services.log.error({ error: cause, procedure: route?.procedure }, "a request failed by a bug of ours");
    }
    sendProblem(exchange, problem);
  }
}

function refuseMethod(exchange: Exchange, resource: Resource): void {
  exchange.res.setHeader("Allow", allowed(resource));
  const message = `This path takes ${allowed(resource)}`;
  sendProblem(exchange, { code: "invalid", message, details: [], status: 405, retryAfterS: null });
}

/**
 * One object out of path, query and body, for the procedure's schema to judge. What stands in the wrong place is
 * an unknown field there. @throws ReefFault unsupported-media-type, invalid
 */
function inputFrom(
  { req, query }: Exchange,
  { route, params }: Target,
  body: Buffer,
): Record<string, unknown> | undefined {
  if (body.length > 0) assertJson(req);
  const fields = body.length > 0 ? fieldsFrom(body) : {};
  const takesQuery = METHODS_WITH_QUERY.has(req.method ?? "GET");
  const asked = inputFromQuery(query, takesQuery ? route.shape : {});
  const names = Object.keys(route.shape);
  const isMisplaced = (name: string, isItsPlace: boolean) =>
    Object.hasOwn(params, name) || !isItsPlace || names.length === 0;
  const misplaced = [
    ...Object.keys(fields).filter((name) => isMisplaced(name, !takesQuery)),
    ...Object.keys(asked).filter((name) => isMisplaced(name, takesQuery)),
  ];
  if (misplaced.length > 0) {
    const details = [...new Set(misplaced)].map((field) => ({ field, message: "unknown field" }));
    throw new ReefFault("invalid", `The request does not fit: ${misplaced.join(", ")}`, { details });
  }
  return names.length === 0 ? undefined : { ...params, ...asked, ...fields };
}

/** An id in a path that is no id names nothing: 404, unless something else is wrong as well. */
function withPathAsNotFound(problem: Problem, route: Route | undefined): Problem {
  if (problem.code !== "invalid" || problem.details.length === 0 || route === undefined) return problem;
  const others = problem.details.filter((detail) => !route.rest.path.includes(`{${detail.field}}`));
  if (others.length > 0) return { ...problem, details: others };
  return problemFrom(new ReefFault("not-found", "There is nothing with this id"));
}
