import { once } from "node:events";
import { WebSocket } from "ws";
import { pause } from "./bench.ts";
import { machineMs } from "./machine-clock.ts";

/** How sockets come to hear readings, and what a message says. */
export interface LiveTongue {
  readonly url: string;
  /** What a client says first. */
  readonly hello: readonly object[];
  /** The moment a message's reading was taken; null where it tells none. */
  takenMs(message: unknown): number | null;
}

/** tRPC's wire format, as the app speaks it; only the named sensors. */
export function reefTongue(url: string, token: string, channelIds: readonly string[]): LiveTongue {
  return {
    url: `${url.replace("http", "ws")}/trpc?connectionParams=1`,
    hello: [
      { method: "connectionParams", data: { token } },
      { id: 1, method: "subscription", params: { path: "readings.live", input: { channelIds } } },
    ],
    takenMs: (message) => {
      const { result } = message as { result?: { data?: { value?: number } } };
      return result?.data?.value ?? null;
    },
  };
}

export function bareTongue(url: string): LiveTongue {
  return {
    url: url.replace("http", "ws"),
    hello: [],
    takenMs: (message) => (message as { value: number }).value,
  };
}

/** Bare sockets that read each message, on either side: what is measured is who sends, not who listens. */
export class LiveListeners {
  readonly #sockets: readonly WebSocket[];
  #ages: number[] = [];

  private constructor(sockets: readonly WebSocket[], takenMs: LiveTongue["takenMs"]) {
    this.#sockets = sockets;
    for (const socket of sockets) {
      socket.on("message", (data: Buffer) => {
        const taken = takenMs(JSON.parse(data.toString()));
        if (taken !== null) this.#ages.push(machineMs() - taken);
      });
    }
  }

  static async open(count: number, { url, hello, takenMs }: LiveTongue): Promise<LiveListeners> {
    const sockets = Array.from({ length: count }, () => new WebSocket(url, { perMessageDeflate: false }));
    const listeners = new LiveListeners(sockets, takenMs);
    for (const socket of sockets) {
      if (socket.readyState !== WebSocket.OPEN) await once(socket, "open");
      for (const word of hello) socket.send(JSON.stringify(word));
    }
    return listeners;
  }

  /** How old each reading was when it was heard, of all listeners together, ms. */
  async agesMs(forMs: number): Promise<number[]> {
    this.#ages = [];
    await pause(forMs);
    return this.#ages;
  }

  async close(): Promise<void> {
    const gone = this.#sockets.map((socket) => once(socket, "close"));
    for (const socket of this.#sockets) socket.close();
    await Promise.all(gone);
  }
}
