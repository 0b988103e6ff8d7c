import type { ReefPipe } from "#contract/pipe.ts";

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const NORMAL_CLOSURE = 1000;

/** The browser's WebSocket, as far as tRPC's client uses it, over the preload's pipe of strings. */
export class IpcWebSocket extends EventTarget {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSING = CLOSING;
  static readonly CLOSED = CLOSED;
  // On the instance too: the client compares `ws.readyState` with `ws.OPEN` before it ends a subscription.
  readonly CONNECTING = CONNECTING;
  readonly OPEN = OPEN;
  readonly CLOSING = CLOSING;
  readonly CLOSED = CLOSED;
  readonly url: string;
  readonly binaryType = "arraybuffer";
  readyState: number = CONNECTING;
  readonly #pipe: ReefPipe;
  readonly #id: number;

  constructor(url: string) {
    super();
    this.url = url;
    const pipe = window.reefPipe;
    if (pipe === undefined) throw new Error("this page has no pipe to a core");
    this.#pipe = pipe;
    this.#id = pipe.open(
      (text) => this.#onMessage(text),
      (code) => this.#onEnd(code),
    );
  }

  send(text: string): void {
    this.#pipe.send(this.#id, text);
  }

  close(): void {
    if (this.readyState >= CLOSING) return;
    this.#pipe.close(this.#id);
    this.#onEnd(NORMAL_CLOSURE);
  }

  /** The first message is empty and means that the core listens. */
  #onMessage(text: string): void {
    if (this.readyState === CONNECTING) {
      this.readyState = OPEN;
      this.dispatchEvent(new Event("open"));
    }
    if (text !== "") this.dispatchEvent(new MessageEvent("message", { data: text }));
  }

  #onEnd(code: number): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.dispatchEvent(new CloseEvent("close", { code, wasClean: code === NORMAL_CLOSURE }));
  }
}
