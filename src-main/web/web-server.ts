import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ApiServices } from "../api/context.ts";
import type { Clock, Logger, Stoppable } from "../platform/ports.ts";
import { HttpDoors } from "./http-doors.ts";
import type { MetricsSource, WebSettings } from "./ports.ts";
import type { SocketDoor } from "./socket-door.ts";

/** A client that takes longer to send its headers, or its whole request, is not one (slow loris). */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 10_000;
const CHECK_TIMEOUTS_MS = 2_000;
const MAX_CONNECTIONS = 1_024;
const LIMITS = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: CHECK_TIMEOUTS_MS,
  maxHeaderSize: 16_384,
};

interface WebServerParts {
  readonly services: ApiServices;
  readonly settings: WebSettings;
  readonly log: Logger;
  readonly clock: Clock;
  /** Figures of parts that the API does not know; without it /metrics leaves them out. */
  readonly metrics?: MetricsSource;
}

/** Everything that is reached over the network: the app's files, REST, the socket, health, metrics, documentation. */
export class WebServer implements Stoppable {
  readonly #parts: WebServerParts;
  readonly #doors: HttpDoors;
  #socketDoor: Promise<SocketDoor> | null = null;
  #server: Server | null = null;

  constructor(parts: WebServerParts) {
    this.#parts = parts;
    const { services, settings } = parts;
    this.#doors = new HttpDoors({ services, settings, log: parts.log, metrics: parts.metrics ?? null });
  }

  /** @returns the URL it answers at @throws ReefFault bad-setting: the port is taken, the host is not ours, a TLS file cannot be read */
  async start(): Promise<string> {
    const { host, port, tls } = this.#parts.settings;
    const server = await this.#create();
    const answer = (req: IncomingMessage, res: ServerResponse) => void this.#doors.answer(req, res);
    server.on("request", answer);
    server.on("checkContinue", answer);
    server.on("clientError", refuseGarbage);
    server.maxConnections = MAX_CONNECTIONS;
    await listen(server, host, port);
    server.on("error", (error) => this.#parts.log.error({ error }, "the web server had an error"));
    this.#server = server;
    server.on("upgrade", (req, socket, head) => void this.#upgrade(req, socket, head));
    const bound = (server.address() as AddressInfo).port;
    const name = host.includes(":") ? `[${host}]` : host;
    return `${tls.mode === "off" ? "http" : "https"}://${name}:${bound}`;
  }

  /** Ends every connection: requests at once, sockets with a word, within 250 ms. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    this.#doors.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    setImmediate(() => server.closeAllConnections());
    await (await this.#socketDoor)?.stop();
    await closed;
  }

  async #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = () => undefined;
    socket.on("error", ignore);
    this.#socketDoor ??= this.#openSocketDoor();
    const door = await this.#socketDoor;
    socket.off("error", ignore);
    if (this.#server === null) socket.destroy();
    else door.take(req, socket, head);
  }

  /** With the first socket: a start does without what sockets need. */
  async #openSocketDoor(): Promise<SocketDoor> {
    const { services, settings, clock } = this.#parts;
    const { SocketDoor } = await import("./socket-door.ts");
    const door = new SocketDoor({ services, corsOrigins: settings.corsOrigins, clock });
    door.start();
    return door;
  }

  async #create(): Promise<Server> {
    const { tls } = this.#parts.settings;
    if (tls.mode === "off") return createServer(LIMITS);
    try {
      const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
      const { createServer: createTlsServer } = await import("node:https");
      return createTlsServer({ ...LIMITS, cert, key, minVersion: "TLSv1.2" });
    } catch (cause) {
      const message = `REEF_TLS_CERT and REEF_TLS_KEY must name a certificate and its key in PEM: ${messageOf(cause)}`;
      throw new ReefFault("bad-setting", message, { cause });
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException) => {
      const what =
        cause.code === "EADDRINUSE" ? "is in use by another program" : `cannot be opened: ${cause.message}`;
      const message = `Port ${port} on ${host} ${what}; choose another with REEF_HTTP_PORT or REEF_HTTP_HOST`;
      reject(new ReefFault("bad-setting", message, { cause, context: { port } }));
    };
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      resolve();
    });
  });
}

/** What is not HTTP, or too much of it, is answered before any request exists. */
function refuseGarbage(error: NodeJS.ErrnoException, stream: Duplex): void {
  const socket = stream as Socket;
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, message] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? ["431 Request Header Fields Too Large", "The headers or the URL are too long"]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408 Request Timeout", "The request took too long to arrive"]
        : ["400 Bad Request", "This is not a request that can be read"];
  const body = JSON.stringify({ error: { code: "invalid", message, details: [] } });
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
