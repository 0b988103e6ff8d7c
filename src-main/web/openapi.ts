import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { FAULT_CODES } from "#contract/errors.ts";
import { wholeRouter } from "../api/app-router.ts";
import { allResources, type Route } from "./rest/routes.ts";

type Json = Record<string, unknown>;
type Operation = Json & { responses: Json; security?: unknown; requestBody?: unknown };
type Paths = Record<string, Record<string, Operation>>;

const API = "/api/v1";
const ERROR_REF = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };
const BEARER = [{ bearer: [] }];
const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.enum(FAULT_CODES),
    message: z.string(),
    details: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  }),
});

const MEANING: Readonly<Record<number, string>> = {
  400: "The request does not fit; every offending field is named",
  401: "Not signed in, or the token has expired",
  403: "This user's role may not do this",
  404: "There is no such thing",
  409: "What is there stands against it",
  413: "The body is larger than 1 MiB",
  415: "The body is not JSON",
  422: "Understood but refused: interlocked, emergency-stopped, or the device does not answer",
  429: "Too many failed sign-ins; Retry-After says when to come back",
  503: "A part this needs is down; Retry-After says when to come back",
};

/**
 * The OpenAPI 3.1 document, from the procedures themselves. The build leaves it beside the documentation's files; made
 * here it holds up the event loop for a tenth of a second, so it is made once, and only where the build's is missing.
 */
export class OpenApiDocument {
  readonly #version: string;
  readonly #docsUiDir: string | null;
  #text: Promise<string> | null = null;

  constructor(version: string, docsUiDir: string | null) {
    this.#version = version;
    this.#docsUiDir = docsUiDir;
  }

  text(): Promise<string> {
    this.#text ??= this.#read();
    return this.#text;
  }

  async #read(): Promise<string> {
    const path = this.#docsUiDir === null ? null : join(this.#docsUiDir, "openapi.json");
    const built = path === null ? null : await readFile(path, "utf8").catch(() => null);
    const isOurs = built?.includes(`"version":${JSON.stringify(this.#version)}`) === true;
    return built !== null && isOurs ? built : openApiText(this.#version);
  }
}

/** Makes the document. The build writes it to `openapi.json` in the documentation's folder. */
export async function openApiText(version: string): Promise<string> {
  const { generateOpenApiDocument } = await import("trpc-to-openapi");
  const { router, unions } = withoutUnions();
  const generated = generateOpenApiDocument(router as Parameters<typeof generateOpenApiDocument>[0], {
    title: "Bella's Reef Control Center",
    description: "Reads the tank, drives its equipment, keeps its history. Sign in with POST /api/v1/auth/login.",
    version,
    openApiVersion: "3.1.0",
    baseUrl: "/",
    securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
  }) as unknown as Json & { paths: Paths; components: { schemas?: Json } };
  const paths: Paths = { ...OWN_PATHS };
  for (const { path, routes } of allResources()) {
    paths[API + path] = Object.fromEntries(
      [...routes].map(([method, route]) => {
        const name = method.toLowerCase();
        const operation = completed(generated.paths[path]?.[name] ?? { responses: {} }, route);
        return [name, withUnion(operation, unions.get(route.procedure))];
      }),
    );
  }
  const schemas = Object.entries(generated.components.schemas ?? {}).filter(
    ([name]) => !name.startsWith("error."),
  );
  const answer = z.toJSONSchema(ErrorAnswer, { target: "draft-2020-12" });
  const components = { ...generated.components, schemas: { ...Object.fromEntries(schemas), Error: answer } };
  return JSON.stringify({ ...generated, paths, components });
}

interface Procedure {
  readonly _def: { readonly inputs: readonly z.ZodType[] };
}

/** The router with any object in place of an input that is one of several kinds: the generator knows objects alone. */
function withoutUnions(): { readonly router: unknown; readonly unions: ReadonlyMap<string, z.ZodType> } {
  const unions = new Map<string, z.ZodType>();
  const whole = wholeRouter();
  const procedures = Object.entries(whole._def.procedures as unknown as Record<string, Procedure>).map(
    ([name, procedure]) => {
      const [input] = procedure._def.inputs;
      if (!(input instanceof z.ZodUnion)) return [name, procedure] as const;
      unions.set(name, input);
      return [name, { _def: { ...procedure._def, inputs: [z.looseObject({})] } }] as const;
    },
  );
  return { router: { _def: { ...whole._def, procedures: Object.fromEntries(procedures) } }, unions };
}

function withUnion(operation: Operation, union: z.ZodType | undefined): Operation {
  if (union === undefined) return operation;
  const schema = z.toJSONSchema(union, { target: "draft-2020-12", io: "input" });
  return { ...operation, requestBody: { required: true, content: { "application/json": { schema } } } };
}

/** What the generator cannot know: our statuses, our errors, who needs no token. */
function completed(operation: Operation, route: Route): Operation {
  const status = route.rest.successStatus ?? 200;
  const { 200: success } = operation.responses as Record<number, unknown>;
  const responses = {
    [status]: status === 204 ? { description: "Done" } : success,
    ...Object.fromEntries(statusesOf(route).map((code) => [code, errorAnswer(code)])),
  };
  return { ...operation, security: route.role === "public" ? [] : BEARER, responses };
}

function statusesOf({ role, rest, type }: Route): number[] {
  const isSignedIn = role !== "public";
  const hasParameter = rest.path.includes("{");
  const isChange = type === "mutation";
  return [
    400,
    ...(isSignedIn || rest.path === "/auth/login" || rest.path === "/auth/refresh" || rest.path === "/auth/setup"
      ? [401]
      : []),
    ...(isSignedIn ? [403] : []),
    ...(hasParameter ? [404] : []),
    ...(isChange ? [409, 413, 415, 422, 429] : []),
    503,
  ];
}

function errorAnswer(status: number): Json {
  const retry = { "Retry-After": { description: "Seconds to wait", schema: { type: "integer", minimum: 1 } } };
  const headers = status === 429 || status === 503 ? { headers: retry } : {};
  return { description: MEANING[status] ?? "Refused", ...headers, content: ERROR_REF };
}

/** What is answered beside the router. */
const OWN_PATHS: Paths = {
  "/health": {
    get: {
      operationId: "health",
      summary: "How the controller is",
      tags: ["system"],
      security: [],
      responses: {
        200: { description: "ok or degraded", content: { "application/json": { schema: { type: "object" } } } },
        503: { description: "failing", content: { "application/json": { schema: { type: "object" } } } },
      },
    },
  },
  "/metrics": {
    get: {
      operationId: "metrics",
      summary: "Figures for Prometheus",
      tags: ["system"],
      security: BEARER,
      responses: {
        200: { description: "Prometheus text format", content: { "text/plain": { schema: { type: "string" } } } },
        401: errorAnswer(401),
        403: errorAnswer(403),
      },
    },
  },
};
