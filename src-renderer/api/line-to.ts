import { IpcWebSocket } from "./ipc-web-socket.ts";
import { Line } from "./line.ts";
import { PromptWebSocket } from "./prompt-web-socket.ts";
import { socketUrlOf, type Target } from "./target.ts";

/** Tells tRPC that the first message brings the token. */
const WITH_PARAMETERS = "?connectionParams=1";
/** Tells the core that we can read several messages as one (web/joined-frames.ts). */
const JOINED = "&joined=1";

/** Our line to a core: over the preload's pipe, or over the network. */
export function lineTo(target: Target): Line {
  const url = socketUrlOf(target) + WITH_PARAMETERS;
  if (target.kind === "network")
    return new Line({ dial: () => new PromptWebSocket(url + JOINED), isWatched: true });
  // Shaped like a WebSocket as far as the line goes.
  return new Line({ dial: () => new IpcWebSocket(url) as unknown as WebSocket, isWatched: false });
}
