import { once } from "node:events";
import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "#main/api/app-router.ts";
import { Line } from "../../../src-renderer/api/line.ts";
import { linkOver } from "../../../src-renderer/api/line-link.ts";
import { type RpcPlan, type RpcSize, type RpcSizes, type RpcTimes, shareOf } from "./rpc-workload.ts";

export interface RpcClient {
  readonly api: TRPCClient<AppRouter>;
  close(): Promise<void>;
}

const NODE_SOCKET = { WebSocket: WebSocket as unknown as typeof globalThis.WebSocket };
const urlOf = (url: string) => `${url.replace("http", "ws")}/trpc`;

/** The app's own client. */
export function ourClient(url: string, token: string): RpcClient {
  const dial = () => new WebSocket(`${urlOf(url)}?connectionParams=1`) as unknown as globalThis.WebSocket;
  const line = new Line({ dial, isWatched: true });
  line.start({ token: () => token, onOpen: () => undefined, onClose: () => undefined });
  return {
    api: createTRPCClient<AppRouter>({ links: [linkOver(line)] }),
    close: async () => line.close(),
  };
}

/** As tRPC's documentation has it. */
export function stockClient(url: string, token: string): RpcClient {
  const socket = createWSClient({ ...NODE_SOCKET, url: urlOf(url), connectionParams: { token } });
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }),
    close: () => socket.close(),
  };
}

/** The floor: as many characters each way over a bare socket, and nobody reads them. */
export class RawSocket {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(url: string): Promise<RawSocket> {
    const socket = new WebSocket(url.replace("http", "ws"));
    await once(socket, "open");
    return new RawSocket(socket);
  }

  async times({ toggles, snapshots }: RpcPlan, sizes: RpcSizes): Promise<Omit<RpcTimes, "readMs">> {
    return {
      toggleMs: await shareOf(toggles, () => this.#ask(sizes.toggle)),
      snapshotMs: await shareOf(snapshots, () => this.#ask(sizes.snapshot)),
    };
  }

  close(): void {
    this.#socket.close();
  }

  #ask(size: RpcSize): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once("message", () => resolve());
      this.#socket.send(`${size.down} `.padEnd(size.up));
    });
  }
}
