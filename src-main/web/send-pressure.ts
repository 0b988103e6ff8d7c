import type { WebSocket } from "ws";

/** What may wait unsent for one client before its streams pause. */
const PAUSE_BYTES = 262_144;
/** Past this a client reads nothing at all, and asks for more and more. */
const GIVE_UP_BYTES = 16_777_216;

/** Watches what waits unsent on one socket, so that a client that reads slowly pauses its streams and nothing else. */
export class SendPressure {
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const sendNow = socket.send.bind(socket) as (data: string | Uint8Array, sent: () => void) => void;
    socket.send = (data: unknown) => {
      sendNow(data as string | Uint8Array, () => this.#sent());
      if (socket.bufferedAmount > GIVE_UP_BYTES) socket.terminate();
    };
    socket.once("close", () => this.#release());
  }

  /** Resolves when the client has read enough, is gone, or `signal` aborts. */
  whenWritable(signal: AbortSignal): Promise<void> {
    if (!this.#isFull() || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  #isFull(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.bufferedAmount > PAUSE_BYTES;
  }

  #sent(): void {
    if (!this.#isFull()) this.#release();
  }

  #release(): void {
    for (const done of [...this.#waiting]) done();
  }
}
