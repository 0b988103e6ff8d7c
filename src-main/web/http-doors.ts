import type { IncomingMessage, ServerResponse } from "node:http";
import { ReefFault } from "#contract/errors.ts";
import type { ApiServices } from "../api/context.ts";
import { problemFrom } from "../api/problems.ts";
import { assertAllowed } from "../api/trpc.ts";
import type { Logger } from "../platform/ports.ts";
import { acknowledgeTokenIn, answerAcknowledge } from "./acknowledge-door.ts";
import { type Exchange, prepare, send, sendJson, sendProblem } from "./answers.ts";
import { AppDoor } from "./app-door.ts";
import { allowOrigin } from "./cors.ts";
import { credentialsOf } from "./credentials.ts";
import { answerDocs, isDocsPath } from "./docs-door.ts";
import { Metrics } from "./metrics.ts";
import { OpenApiDocument } from "./openapi.ts";
import type { MetricsSource, WebSettings } from "./ports.ts";
import { RestDoor } from "./rest/rest-door.ts";
import { allowed, findResource } from "./rest/routes.ts";

const API = "/api/v1";
const READ_METHODS = "GET, HEAD, OPTIONS";

interface HttpDoorsParts {
  readonly services: ApiServices;
  readonly settings: WebSettings;
  readonly log: Logger;
  readonly metrics: MetricsSource | null;
}

/** Sends each request to the door it asks for. */
export class HttpDoors {
  readonly #parts: HttpDoorsParts;
  readonly #rest: RestDoor;
  readonly #metrics: Metrics;
  readonly #openApi: OpenApiDocument;
  readonly #app: AppDoor | null;

  constructor(parts: HttpDoorsParts) {
    this.#parts = parts;
    this.#rest = new RestDoor(parts.services);
    this.#metrics = new Metrics(parts.services, parts.metrics);
    this.#openApi = new OpenApiDocument(parts.settings.version, parts.settings.docsUiDir);
    const { rendererDir } = parts.settings;
    this.#app = rendererDir === null ? null : new AppDoor(rendererDir);
  }

  stop(): void {
    this.#metrics.stop();
  }

  /** Answers one request, whatever happens. */
  async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [path = "/", ...rest] = (req.url ?? "/").split("?");
    const exchange: Exchange = { req, res, path, query: rest.join("?") };
    res.on("error", () => undefined);
    try {
      prepare(res);
      allowOrigin(req, res, this.#parts.settings.corsOrigins);
      await this.#dispatch(exchange);
    } catch (error) {
      const problem = problemFrom(error);
      if (problem.code === "internal")
        this.#parts.log.error({ error, path: routeOf(path) }, "a request failed by a bug of ours");
      sendProblem(exchange, problem);
    }
  }

  async #dispatch(exchange: Exchange): Promise<void> {
    const { path, req } = exchange;
    const isApi = path === "/api" || path.startsWith("/api/");
    if (req.method === "OPTIONS") return this.#answerOptions(exchange, isApi);
    if (isApi) return this.#rest.answer(exchange, path.startsWith(`${API}/`) ? path.slice(API.length) : "");
    if (path === "/trpc") return refuseWithoutUpgrade(exchange);
    const token = acknowledgeTokenIn(path);
    if (token !== null) return answerAcknowledge(exchange, token, this.#parts.services);
    if (req.method !== "GET" && req.method !== "HEAD") return refuseMethod(exchange);
    return this.#answerPage(exchange);
  }

  async #answerPage(exchange: Exchange): Promise<void> {
    const { path } = exchange;
    if (path === "/health") return this.#answerHealth(exchange);
    if (path === "/metrics") return this.#answerMetrics(exchange);
    if (path === "/openapi.json") {
      return send(exchange, 200, { type: "application/json; charset=utf-8", text: await this.#openApi.text() });
    }
    if (isDocsPath(path)) return answerDocs(exchange, this.#parts.settings.docsUiDir);
    if (await this.#app?.answer(exchange)) return;
    throw new ReefFault("not-found", "There is no such file");
  }

  #answerOptions(exchange: Exchange, isApi: boolean): void {
    const found = isApi ? findResource(exchange.path.slice(API.length)) : null;
    exchange.res.setHeader("Allow", found === null ? READ_METHODS : allowed(found.resource));
    send(exchange, 204, null);
  }

  #answerHealth(exchange: Exchange): void {
    const health = this.#parts.services.system.health();
    sendJson(exchange, health.status === "failing" ? 503 : 200, health);
  }

  async #answerMetrics(exchange: Exchange): Promise<void> {
    const { principal, refusal } = await credentialsOf(exchange.req, this.#parts.services.identity);
    if (refusal !== null) throw refusal;
    assertAllowed("viewer", principal);
    send(exchange, 200, await this.#metrics.render());
  }
}

/** The path as a log may hold it: behind this one stands a secret that still works. */
function routeOf(path: string): string {
  return path.startsWith("/acknowledge/") ? "/acknowledge/{token}" : path;
}

function refuseMethod(exchange: Exchange): void {
  exchange.res.setHeader("Allow", READ_METHODS);
  sendProblem(exchange, {
    code: "invalid",
    message: `This path takes ${READ_METHODS}`,
    details: [],
    status: 405,
    retryAfterS: null,
  });
}

function refuseWithoutUpgrade(exchange: Exchange): void {
  exchange.res.setHeader("Upgrade", "websocket");
  const fault = new ReefFault("invalid", "This path speaks WebSocket only; REST is below /api/v1");
  sendProblem(exchange, { ...problemFrom(fault), status: 426 });
}
