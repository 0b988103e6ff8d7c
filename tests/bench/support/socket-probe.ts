import { createConnection } from "node:net";
import type { ChannelSpec, DeviceDriver, Sample } from "#main/hardware/ports.ts";

/** A network device: a connection for each sample, a line of question, a line of answer. */
export class SocketProbeDriver implements DeviceDriver {
  readonly timeoutMs: number;
  readonly #port: number;
  readonly #key: string;

  constructor(port: number, { key, timeoutMs }: { readonly key: string; readonly timeoutMs: number }) {
    this.#port = port;
    this.#key = key;
    this.timeoutMs = timeoutMs;
  }

  async open(): Promise<readonly ChannelSpec[]> {
    return [];
  }

  sample(_keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ port: this.#port, host: "127.0.0.1", signal });
      let text = "";
      socket.setEncoding("utf8");
      socket.on("connect", () => socket.write("value?\n"));
      socket.on("data", (part: string) => {
        text += part;
      });
      socket.on("end", () => resolve(new Map([[this.#key, { value: Number(text) }]])));
      socket.on("error", reject);
    });
  }

  async close(): Promise<void> {}
}
