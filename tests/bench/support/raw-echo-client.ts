import { once } from "node:events";
import { WebSocket } from "ws";
import { pause } from "./bench.ts";

const GAP_MS = 5;

/** A client of `raw-echo.ts`: the least that a message there and back costs. */
export class RawEcho {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(url: string): Promise<RawEcho> {
    const socket = new WebSocket(url.replace("http", "ws"));
    await once(socket, "open");
    return new RawEcho(socket);
  }

  /** @returns how long each of so many echoes of a reading's size took, ms */
  async timesMs(count: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      await pause(GAP_MS);
      const fromMs = performance.now();
      const back = once(this.#socket, "message");
      this.#socket.send("100 ".padEnd(100));
      await back;
      times.push(performance.now() - fromMs);
    }
    return times;
  }

  close(): void {
    this.#socket.close();
  }
}
