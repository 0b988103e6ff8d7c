import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from "@trpc/client";
import type { AppRouter } from "../../../src-main/api/app-router.ts";
import { openConnection } from "../../../src-renderer/api/connection.ts";
import { HeadStart } from "../../../src-renderer/api/head-start.ts";
import { IpcWebSocket } from "../../../src-renderer/api/ipc-web-socket.ts";
import { lineTo } from "../../../src-renderer/api/line-to.ts";
import { socketUrlOf } from "../../../src-renderer/api/target.ts";
import { type RpcPage, rpcSizes, rpcTimes } from "../../bench/support/rpc-workload.ts";

/*
 * B15's side in the window: two clients over the preload's pipe, ours and tRPC's own, to be called through
 * `benchRpc` once this script was evaluated in the app's page.
 */
declare global {
  interface Window {
    benchRpc(token: string): RpcPage;
  }
}

window.benchRpc = (token) => {
  const nothing = () => undefined;
  const target = { kind: "window" } as const;
  const headStart = new HeadStart(target, lineTo(target));
  const { api } = openConnection(headStart, { token: () => token, onOpen: nothing, onClose: nothing });
  const stock = stockApi(token);
  return {
    sizes: (plan) => rpcSizes(api, plan),
    ours: (plan) => rpcTimes(api, plan),
    stock: (plan) => rpcTimes(stock, plan),
  };
};

function stockApi(token: string): TRPCClient<AppRouter> {
  const client = createWSClient({
    url: socketUrlOf({ kind: "window" }),
    WebSocket: IpcWebSocket as unknown as typeof WebSocket,
    connectionParams: { token },
  });
  return createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
}
