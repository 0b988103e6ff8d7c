import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "#main/api/app-router.ts";

/** A program on the WebSocket API, with the client that the app itself uses. */
export interface LiveClient {
  readonly trpc: TRPCClient<AppRouter>;
  /** Codes the socket was closed with, and how often it was opened. */
  readonly closes: number[];
  opens: number;
  /** Frames heard so far. */
  frames: number;
  close(): Promise<void>;
}

/** @param token asked at each connection; null: it connects without one */
export function liveClient(url: string, token: () => Promise<string | null>): LiveClient {
  const client = { closes: [] as number[], opens: 0, frames: 0 };
  class CountingSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { rejectUnauthorized: false });
      this.on("message", () => {
        client.frames += 1;
      });
    }
  }
  const socket = createWSClient({
    url: `${url.replace(/^http/, "ws")}/trpc`,
    WebSocket: CountingSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 200,
    onOpen: () => {
      client.opens += 1;
    },
    onClose: (cause) => {
      client.closes.push(cause?.code ?? 0);
    },
    connectionParams: async () => {
      const given = await token();
      return given === null ? {} : { token: given };
    },
  });
  return Object.assign(client, {
    trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }),
    close: () => socket.close(),
  });
}
