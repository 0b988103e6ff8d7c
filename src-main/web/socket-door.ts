import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { ReefFault } from "#contract/errors.ts";
import { appRouter } from "../api/app-router.ts";
import { MAX_BATCH, noteFailure, openSession, type Session } from "../api/connection.ts";
import type { ApiContext, ApiServices } from "../api/context.ts";
import { trpcErrorFrom } from "../api/problems.ts";
import { wireEncoder } from "../api/wire.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import { isSocketOriginAllowed } from "./cors.ts";
import { joinFrames, wantsJoinedFrames } from "./joined-frames.ts";
import { SendPressure } from "./send-pressure.ts";

const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_SOCKETS = 256;
const PING_EVERY_MS = 30_000;
const GOING_AWAY = 1001;
/** Cut off at once, a client with words under way would see a broken line in place of our reason. */
const FAREWELL_MS = 250;

interface Connection {
  readonly socket: WebSocket;
  readonly session: Session;
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
  readonly #serve: (socket: WebSocket, req: IncomingMessage) => void;
  #cancelPings: Cancel = () => undefined;

  constructor(parts: SocketDoorParts) {
    this.#parts = parts;
    this.#serve = getWSConnectionHandler({
      router: appRouter,
      wss: this.#sockets,
      maxBatchSize: MAX_BATCH,
      experimental_encoder: wireEncoder,
      createContext: ({ res, info }) => this.#contextFor(res, info.connectionParams),
      onError: ({ error, path }) => noteFailure(this.#parts.services.log, error, path),
    });
  }

  start(): void {
    this.#cancelPings = every(this.#parts.clock, PING_EVERY_MS, () => this.#pingAll());
  }

  /** Makes a socket of a request to upgrade, or refuses it. */
  take(req: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const refusal = this.#refusalOf(req);
    if (refusal !== null) {
      refuseUpgrade(duplex, refusal);
      return;
    }
    this.#sockets.handleUpgrade(req, duplex, head, (socket) => {
      this.#connect(socket, req.socket.remoteAddress ?? "unknown");
      if (wantsJoinedFrames(req.url ?? "")) joinFrames(socket);
      this.#serve(socket, req);
    });
  }

  /** Tells every client that the controller goes, and gives it a moment to agree; whoever does not is cut off. */
  async stop(): Promise<void> {
    this.#cancelPings();
    const goodbyes = [...this.#connections.values()].map(({ socket, session }) => {
      session.end();
      socket.close(GOING_AWAY, "the controller stops");
      return new Promise<void>((resolve) => socket.once("close", () => resolve()));
    });
    this.#sockets.close();
    const impatience = setTimeout(() => {
      for (const socket of this.#connections.keys()) socket.terminate();
    }, FAREWELL_MS);
    await Promise.all(goodbyes);
    clearTimeout(impatience);
  }

  #refusalOf(req: IncomingMessage): number | null {
    if ((req.url ?? "").split("?")[0] !== "/trpc") return 404;
    if (!isSocketOriginAllowed(req, this.#parts.corsOrigins)) return 403;
    return this.#connections.size < MAX_SOCKETS || this.#dropNobody() ? null : 503;
  }

  /** Makes room: whoever never signed in must not keep out those who do. @returns false where everyone is signed in */
  #dropNobody(): boolean {
    for (const { socket, session } of this.#connections.values()) {
      if (session.principal !== null) continue;
      this.#connections.delete(socket);
      socket.terminate();
      return true;
    }
    return false;
  }

  #connect(socket: WebSocket, address: string): void {
    const pressure = new SendPressure(socket);
    const session = openSession(this.#parts.services, {
      address,
      whenWritable: (signal) => pressure.whenWritable(signal),
      close: (code, reason) => socket.close(code, reason),
    });
    const connection: Connection = { socket, session, isAlive: true };
    this.#connections.set(socket, connection);
    const isHeard = () => {
      connection.isAlive = true;
    };
    socket.on("pong", isHeard);
    socket.on("message", isHeard);
    socket.once("close", () => {
      session.end();
      this.#connections.delete(socket);
    });
  }

  /** Called once a socket, when its first message has brought its token. */
  async #contextFor(socket: WebSocket, params: Record<string, string | undefined> | null): Promise<ApiContext> {
    const connection = this.#connections.get(socket);
    if (connection === undefined) throw trpcErrorFrom(new ReefFault("stopping", "This socket is closed"));
    return connection.session.contextFrom(params);
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
}

function refuseUpgrade(duplex: Duplex, status: number): void {
  duplex.on("error", () => duplex.destroy());
  duplex.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
