import { createTRPCClient, createWSClient, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "../../src-main/api/app-router.ts";
import { CommandLine } from "./command-link.ts";
import { IpcWebSocket } from "./ipc-web-socket.ts";
import { PromptWebSocket } from "./prompt-web-socket.ts";
import { socketUrlOf, type Target } from "./target.ts";

export type Api = TRPCClient<AppRouter>;

/** A core that returns is found again within this: the keeper waits by the tank. */
const LONGEST_RETRY_MS = 2_000;
const FIRST_RETRY_MS = 250;
/** A network that swallows everything is noticed within the sum of the two. */
const PING_AFTER_MS = 1_000;
const PONG_WITHIN_MS = 1_000;

export interface ConnectionEvents {
  /** The token to come with, asked for at each connect; null: as nobody. */
  token(): string | null;
  onOpen(): void;
  /** @param code the WebSocket's close code; 4401: the core wants a new sign-in */
  onClose(code: number): void;
}

export interface Connection {
  readonly api: Api;
  close(): void;
}

/** Connects, and again and again with back-off when it is lost, until it is closed. */
export function openConnection(target: Target, events: ConnectionEvents): Connection {
  const commands = new CommandLine();
  const socket = createWSClient({
    url: socketUrlOf(target),
    experimental_encoder: commands.encoder,
    // Shaped like it as far as tRPC's client goes; tests hold the two to the same journeys.
    WebSocket: target.kind === "window" ? (IpcWebSocket as unknown as typeof WebSocket) : PromptWebSocket,
    connectionParams: () => {
      const token = events.token();
      return token === null ? {} : { token };
    },
    retryDelayMs: (attempt) => Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS),
    keepAlive: { enabled: target.kind === "network", intervalMs: PING_AFTER_MS, pongTimeoutMs: PONG_WITHIN_MS },
    onOpen: () => events.onOpen(),
    onClose: (cause) => events.onClose(cause?.code ?? 0),
  });
  return {
    api: createTRPCClient<AppRouter>({ links: [commands.linkOver(socket)] }),
    close: () => void socket.close(),
  };
}
