import {
  type Operation,
  type OperationResultObserver,
  TRPCClientError,
  type TRPCLink,
  type TRPCWebSocketClient,
  type WebSocketClientOptions,
  wsLink,
} from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../../src-main/api/app-router.ts";

type Encoder = NonNullable<WebSocketClientOptions["experimental_encoder"]>;
type Asker = OperationResultObserver<AppRouter, unknown>;

interface Asked {
  readonly asker: Asker;
  readonly socket: WebSocket;
}

/** What the core says to one question. tRPC's client counts its own questions in numbers; ours have words for ids. */
interface Answer {
  readonly id: string;
  readonly error?: unknown;
  readonly result?: { readonly data: unknown };
}

/**
 * Questions that wait for no timer. tRPC's client sleeps a timer's tick before it sends, so that calls of one moment
 * share a message; a keeper's command is one call, and the tick is most of what it costs. These go out at once, over
 * the same socket; whatever this line does not know goes through tRPC's own client: subscriptions, and what is asked
 * while the connection is not there.
 */
export class CommandLine {
  readonly #asked = new Map<string, Asked>();
  readonly #watched = new WeakSet<WebSocket>();
  #count = 0;

  /** For tRPC's client, which reads each frame through it once for both, and passes over the ids it does not know. */
  readonly encoder: Encoder = {
    encode: (message) => JSON.stringify(message),
    decode: (text) => {
      const message: unknown = JSON.parse(String(text));
      if (isAnswer(message)) this.#hear(message);
      return message;
    },
  };

  /** @param client made with this line's `encoder` */
  linkOver(client: TRPCWebSocketClient): TRPCLink<AppRouter> {
    return (runtime) => {
      const stock = wsLink<AppRouter>({ client })(runtime);
      return (call) => {
        const { connection } = client;
        if (call.op.type === "subscription" || connection?.state !== "open") return stock(call);
        return observable((asker) => this.#ask(connection.ws, call.op, asker));
      };
    };
  }

  /** @returns forgets the question: its answer is for nobody */
  #ask(socket: WebSocket, { type, path, input, signal }: Operation, asker: Asker): () => void {
    this.#count += 1;
    const id = `c${this.#count}`;
    const giveUp = () => asker.complete();
    this.#watch(socket);
    this.#asked.set(id, { asker, socket });
    if (signal?.aborted === true) giveUp();
    else {
      signal?.addEventListener("abort", giveUp, { once: true });
      socket.send(JSON.stringify({ id, method: type, params: { path, input } }));
    }
    return () => {
      this.#asked.delete(id);
      signal?.removeEventListener("abort", giveUp);
    };
  }

  #hear({ id, error, result }: Answer): void {
    const asker = this.#asked.get(id)?.asker;
    if (asker === undefined) return;
    this.#asked.delete(id);
    if (error !== undefined) asker.error(TRPCClientError.from({ error }));
    else {
      asker.next({ result: { type: "data", data: result?.data } });
      asker.complete();
    }
  }

  /** Nobody answers over a socket that is gone; whether the core did what was asked, its state will show. */
  #watch(socket: WebSocket): void {
    if (this.#watched.has(socket)) return;
    this.#watched.add(socket);
    socket.addEventListener("close", () => {
      for (const [id, { asker, socket: own }] of this.#asked) {
        if (own !== socket) continue;
        this.#asked.delete(id);
        asker.error(TRPCClientError.from(new Error("the connection was lost before the core answered")));
      }
    });
  }
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === "object" && message !== null && "id" in message && typeof message.id === "string";
}
