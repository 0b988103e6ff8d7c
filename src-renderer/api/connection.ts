import { createTRPCClient, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "../../src-main/api/app-router.ts";
import type { HeadStart } from "./head-start.ts";
import type { LineEvents } from "./line.ts";
import { linkOver } from "./line-link.ts";

export type Api = TRPCClient<AppRouter>;

export interface Connection {
  readonly api: Api;
  close(): void;
}

/**
 * Connects, and again and again with back-off when it is lost, until it is closed.
 * @param headStart goes on over its line, and takes over what it has asked
 */
export function openConnection(headStart: HeadStart, events: LineEvents): Connection {
  const { line } = headStart;
  const api = createTRPCClient<AppRouter>({ links: [linkOver(line, headStart)] });
  // Its opening may be told within this call, to somebody who needs the connection to answer it.
  queueMicrotask(() => line.start(events));
  return { api, close: () => line.close() };
}
