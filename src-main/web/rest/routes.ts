import type { z } from "zod";
import { appRouter } from "../../api/app-router.ts";
import type { ProcedureMeta, RestRoute } from "../../api/trpc.ts";

/** One procedure as REST reaches it. */
export interface Route {
  /** Its name in the router, e.g. `channels.latest`. */
  readonly procedure: string;
  readonly type: "query" | "mutation";
  readonly role: ProcedureMeta["role"];
  readonly rest: RestRoute;
  /** The fields of its input; none where it takes none. */
  readonly shape: Readonly<Record<string, z.core.$ZodType>>;
}

/** One path with everything that can be done there. */
export interface Resource {
  readonly path: string;
  readonly segments: readonly string[];
  readonly routes: ReadonlyMap<string, Route>;
}

interface Found {
  readonly resource: Resource;
  /** What stood where the path has parameters. */
  readonly params: Readonly<Record<string, string>>;
}

interface ProcedureWithDef {
  readonly _def: {
    readonly type: Route["type"] | "subscription";
    readonly meta?: ProcedureMeta;
    readonly inputs: readonly { readonly shape?: Route["shape"] }[];
  };
}

const PARAMETER = /^\{(\w+)\}$/;

/** Every REST path of the router, literal segments before parameters. */
export const RESOURCES: readonly Resource[] = resourcesFrom(Object.entries(procedures()));

/** tRPC keeps them flat, by dotted name; its types say nested. */
function procedures(): Record<string, ProcedureWithDef> {
  return appRouter._def.procedures as unknown as Record<string, ProcedureWithDef>;
}

function resourcesFrom(named: readonly (readonly [string, ProcedureWithDef])[]): Resource[] {
  const byPath = new Map<string, Map<string, Route>>();
  for (const [procedure, { _def }] of named) {
    const { type, meta, inputs } = _def;
    if (meta?.openapi === undefined || type === "subscription") continue;
    const { role, openapi: rest } = meta;
    const routes = byPath.get(rest.path) ?? new Map<string, Route>();
    routes.set(rest.method, { procedure, type, role, rest, shape: inputs[0]?.shape ?? {} });
    byPath.set(rest.path, routes);
  }
  const resources = [...byPath].map(([path, routes]) => ({ path, segments: path.slice(1).split("/"), routes }));
  return resources.sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
}

/** @param path below `/api/v1`, percent-encoded @returns null where there is nothing */
export function findResource(path: string): Found | null {
  const segments = decodedSegments(path);
  if (segments === null) return null;
  for (const resource of RESOURCES) {
    const params = paramsFrom(resource.segments, segments);
    if (params !== null) return { resource, params };
  }
  return null;
}

/** The methods of a path, as `Allow` lists them. */
export function allowed(resource: Resource): string {
  const methods = [...resource.routes.keys()];
  return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

function rankOf({ segments }: Resource): string {
  return segments.map((segment) => (PARAMETER.test(segment) ? "~" : segment)).join("/");
}

function paramsFrom(template: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of template.entries()) {
    const given = segments[index] ?? "";
    const name = PARAMETER.exec(wanted)?.[1];
    if (name === undefined ? wanted !== given : given === "") return null;
    if (name !== undefined) params[name] = given;
  }
  return params;
}

function decodedSegments(path: string): string[] | null {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
}
