import type { z } from "zod";
import { ROUTER_PARTS, type RouterPart, routerPart } from "../../api/app-router.ts";
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

/** An object, or one of several. */
interface Input {
  readonly shape?: Route["shape"];
  readonly options?: readonly Input[];
}

interface ProcedureWithDef {
  readonly _def: {
    readonly type: Route["type"] | "subscription";
    readonly meta?: ProcedureMeta;
    readonly inputs: readonly Input[];
  };
}

const PARAMETER = /^\{(\w+)\}$/;

/** REST paths begin with the name of their part of the router: so one part is made for one request. */
const PART_OF: ReadonlyMap<string, RouterPart> = new Map(ROUTER_PARTS.map((part) => [segmentOf(part), part]));
const known = new Map<RouterPart, readonly Resource[]>();

function segmentOf(part: RouterPart): string {
  return part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Every REST path of the router, literal segments before parameters. */
export function allResources(): Resource[] {
  return ROUTER_PARTS.flatMap(resourcesOf).sort(byRank);
}

function resourcesOf(part: RouterPart): readonly Resource[] {
  const before = known.get(part);
  if (before !== undefined) return before;
  // tRPC keeps them flat, by name; its types say nested.
  const procedures = routerPart(part)._def.procedures as unknown as Record<string, ProcedureWithDef>;
  const resources = resourcesFrom(Object.entries(procedures).map(([name, p]) => [`${part}.${name}`, p]));
  const stray = resources.find(({ segments }) => segments[0] !== segmentOf(part));
  if (stray !== undefined)
    throw new Error(`${stray.path} is of ${part}: its path must begin with /${segmentOf(part)}`);
  known.set(part, resources);
  return resources;
}

/** Every field a body may have: of one of several kinds of body, the fields of all of them. */
function shapeOf(input: Input | undefined): Route["shape"] {
  const shapes = input?.options?.map(shapeOf) ?? [];
  return { ...Object.assign({}, ...shapes), ...input?.shape };
}

function resourcesFrom(named: readonly (readonly [string, ProcedureWithDef])[]): Resource[] {
  const byPath = new Map<string, Map<string, Route>>();
  for (const [procedure, { _def }] of named) {
    const { type, meta, inputs } = _def;
    if (meta?.openapi === undefined || type === "subscription") continue;
    const { role, openapi: rest } = meta;
    const routes = byPath.get(rest.path) ?? new Map<string, Route>();
    routes.set(rest.method, { procedure, type, role, rest, shape: shapeOf(inputs[0]) });
    byPath.set(rest.path, routes);
  }
  const resources = [...byPath].map(([path, routes]) => ({ path, segments: path.slice(1).split("/"), routes }));
  return resources.sort(byRank);
}

/** @param path below `/api/v1`, percent-encoded @returns null where there is nothing */
export function findResource(path: string): Found | null {
  const segments = decodedSegments(path);
  const part = PART_OF.get(segments?.[0] ?? "");
  if (segments === null || part === undefined) return null;
  for (const resource of resourcesOf(part)) {
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

function byRank(a: Resource, b: Resource): number {
  return rankOf(a) < rankOf(b) ? -1 : 1;
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
