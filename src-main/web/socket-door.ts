import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { TRPCError } from "@trpc/server";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { messageOf, ReefFault } from "#contract/errors.ts";
import { appRouter } from "../api/app-router.ts";
import type { ApiContext, ApiServices } from "../api/context.ts";
import { problemFrom, trpcErrorFrom } from "../api/problems.ts";
import type { Principal } from "../identity/ports.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import { isSocketOriginAllowed } from "./cors.ts";
import { SendPressure } from "./send-pressure.ts";

const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_SOCKETS = 256;
const MAX_BATCH = 100;
/** A token's end is noticed within this, well inside the promised 60 s. */
const CHECK_EVERY_MS = 10_000;
const PING_EVERY_MS = 30_000;
/** Our close code for a socket whose user is signed in no more. */
export const UNAUTHENTICATED = 4401;
const GOING_AWAY = 1001;

interface Connection {
  readonly socket: WebSocket;
  principal: Principal | null;
  /** False when nothing came back since the last ping. */
  isAlive: boolean;
}

interface SocketDoorParts {
  readonly services: ApiServices;
  readonly corsOrigins: readonly string[];
  readonly clock: Clock;
}

/** /trpc: the router over WebSocket. A socket without a token may call what is public, and nothing else. */
export class SocketDoor {
  readonly #parts: SocketDoorParts;
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  #cancels: readonly Cancel[] = [];

  constructor(parts: SocketDoorParts) {
    this.#parts = parts;
  }

  start(server: Server): void {
    const { clock } = this.#parts;
    const serve = getWSConnectionHandler({
      router: appRouter,
      wss: this.#sockets,
      maxBatchSize: MAX_BATCH,
      createContext: ({ res, req, info }) => this.#contextFor(res, req, info.connectionParams),
      onError: ({ error, path }) => this.#note(error, path),
    });
    server.on("upgrade", (req: IncomingMessage, duplex: Duplex, head: Buffer) => {
      const refusal = this.#refusalOf(req);
      if (refusal !== null) return refuseUpgrade(duplex, refusal);
      this.#sockets.handleUpgrade(req, duplex, head, (socket) => {
        this.#take(socket);
        serve(socket, req);
      });
    });
    this.#cancels = [
      every(clock, CHECK_EVERY_MS, () => this.#closeExpired()),
      every(clock, PING_EVERY_MS, () => this.#pingAll()),
    ];
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    for (const socket of this.#connections.keys()) {
      socket.close(GOING_AWAY, "the controller stops");
      // Whoever does not answer the close in this turn is cut off with the server's connections.
      setImmediate(() => socket.terminate());
    }
    this.#sockets.close();
  }

  #refusalOf(req: IncomingMessage): number | null {
    if ((req.url ?? "").split("?")[0] !== "/trpc") return 404;
    if (!isSocketOriginAllowed(req, this.#parts.corsOrigins)) return 403;
    return this.#connections.size < MAX_SOCKETS || this.#dropNobody() ? null : 503;
  }

  /** Makes room: whoever never signed in must not keep out those who do. @returns false where everyone is signed in */
  #dropNobody(): boolean {
    for (const { socket, principal } of this.#connections.values()) {
      if (principal !== null) continue;
      this.#connections.delete(socket);
      socket.terminate();
      return true;
    }
    return false;
  }

  #take(socket: WebSocket): void {
    const connection: Connection = { socket, principal: null, isAlive: true };
    this.#connections.set(socket, connection);
    socket.on("pong", () => {
      connection.isAlive = true;
    });
    socket.on("message", () => {
      connection.isAlive = true;
    });
    socket.once("close", () => this.#connections.delete(socket));
  }

  /** Called once a socket, when its first message has brought its token. */
  async #contextFor(
    socket: WebSocket,
    req: IncomingMessage,
    params: Record<string, string | undefined> | null,
  ): Promise<ApiContext> {
    const { services } = this.#parts;
    const connection = this.#connections.get(socket);
    if (connection === undefined) throw trpcErrorFrom(new ReefFault("stopping", "This socket is closed"));
    const token = params?.["token"];
    try {
      if (token !== undefined) connection.principal = await services.identity.authenticate(token);
    } catch (error) {
      socket.close(UNAUTHENTICATED, "sign in again");
      throw error instanceof ReefFault ? trpcErrorFrom(error) : error;
    }
    const pressure = new SendPressure(socket);
    return {
      ...services,
      get principal() {
        return connection.principal;
      },
      address: req.socket.remoteAddress ?? "unknown",
      whenWritable: (signal) => pressure.whenWritable(signal),
      onSignedIn: async (accessToken) => {
        connection.principal = await services.identity.authenticate(accessToken);
      },
    };
  }

  #closeExpired(): void {
    const { identity } = this.#parts.services;
    for (const { socket, principal } of this.#connections.values()) {
      if (principal !== null && !identity.isStillValid(principal)) socket.close(UNAUTHENTICATED, "sign in again");
    }
  }

  #pingAll(): void {
    for (const connection of this.#connections.values()) {
      if (!connection.isAlive) connection.socket.terminate();
      else {
        connection.isAlive = false;
        connection.socket.ping();
      }
    }
  }

  #note(error: TRPCError, path: string | undefined): void {
    const { log } = this.#parts.services;
    if (problemFrom(error).code !== "internal") return;
    const { cause } = error;
    if (isOfTheWire(cause)) log.debug({ reason: messageOf(cause) }, "a socket failed");
    else log.error({ error: cause ?? error, procedure: path }, "a call failed by a bug of ours");
  }
}

/** A broken frame or a lost connection: the client's doing, or the network's. */
function isOfTheWire(cause: Error | undefined): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && (code.startsWith("WS_ERR_") || code.startsWith("E"));
}

function refuseUpgrade(duplex: Duplex, status: number): void {
  duplex.on("error", () => duplex.destroy());
  duplex.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
