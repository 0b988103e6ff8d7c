import type { WebSocket } from "ws";

/** A page that can read several of tRPC's messages as one frame, a JSON array, asks for it with this in its address. */
const ASKED_FOR = /[?&]joined=1(?:&|$)/;
/** Past this a frame goes by itself: what waits here is not seen by who watches what waits unsent. */
const MOST_CHARS = 65_536;

/** @param url of the request that the socket began with */
export function wantsJoinedFrames(url: string): boolean {
  return ASKED_FOR.test(url);
}

/**
 * From now on what is sent in one turn of the event loop goes as one frame: a page's first screen is a hundred messages,
 * and a browser's price is by the frame. What is no JSON object (the answer to a ping) goes as it is.
 */
export function joinFrames(socket: WebSocket): void {
  const sendNow = socket.send.bind(socket) as (text: string) => void;
  let texts: string[] = [];
  let chars = 0;
  let isDue = false;
  const flush = () => {
    const [first, ...others] = texts;
    texts = [];
    chars = 0;
    if (first === undefined || socket.readyState !== socket.OPEN) return;
    sendNow(others.length === 0 ? first : `[${first},${others.join(",")}]`);
  };
  const flushLater = () => {
    isDue = false;
    flush();
  };
  socket.send = (data: unknown) => {
    const text = String(data);
    if (!text.startsWith("{")) {
      flush();
      sendNow(text);
      return;
    }
    texts.push(text);
    chars += text.length;
    if (chars >= MOST_CHARS) flush();
    else if (!isDue) {
      isDue = true;
      setImmediate(flushLater);
    }
  };
  // What was said before the end is heard before it.
  const closeNow = socket.close.bind(socket);
  socket.close = (code, reason) => {
    flush();
    closeNow(code, reason);
  };
}
