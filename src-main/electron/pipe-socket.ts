import { EventEmitter } from "node:events";

const OPEN = 1;
const CLOSED = 3;
const NORMAL = 1000;
const TOO_BIG = 1009;
/** As over the network: what is more is no call of ours. */
const MAX_MESSAGE_CHARS = 1_048_576;
/** What may wait untaken by the page before its streams pause; several times what it takes between two words of it. */
const PAUSE_CHARS = 262_144;
/** Past this the page takes nothing at all, and asks for more and more. */
const GIVE_UP_CHARS = 16_777_216;

/** Where a socket's words go: the page's end of its line. */
export interface PipeOutlet {
  down(text: string): void;
  closed(code: number): void;
}

/** A page's line to the core, shaped like the part of `ws.WebSocket` that tRPC's adapter uses. */
export class PipeSocket extends EventEmitter {
  readyState: number = OPEN;
  readonly #outlet: PipeOutlet;
  readonly #waiting = new Set<() => void>();
  #untakenChars = 0;

  constructor(outlet: PipeOutlet) {
    super();
    this.#outlet = outlet;
  }

  send(text: string): void {
    if (this.readyState !== OPEN) return;
    this.#untakenChars += text.length;
    this.#outlet.down(text);
    if (this.#untakenChars > GIVE_UP_CHARS) this.close(TOO_BIG);
  }

  /** Ends the line from the core's side. */
  close(code = NORMAL): void {
    if (this.readyState !== OPEN) return;
    this.#outlet.closed(code);
    this.end();
  }

  terminate(): void {
    this.close();
  }

  /** The page said something. */
  hear(text: string): void {
    if (this.readyState !== OPEN) return;
    if (text.length > MAX_MESSAGE_CHARS) this.close(TOO_BIG);
    // The adapter takes frames as `ws` gives them.
    else this.emit("message", Buffer.from(text), false);
  }

  /** The page took this much of what it was sent. */
  take(chars: number): void {
    this.#untakenChars = Math.max(0, this.#untakenChars - chars);
    if (!this.#isFull()) this.#release();
  }

  /** The page's end is gone. */
  end(): void {
    if (this.readyState !== OPEN) return;
    this.readyState = CLOSED;
    this.#release();
    this.emit("close");
  }

  /** Resolves when the page has taken enough, is gone, or `signal` aborts. */
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
    return this.readyState === OPEN && this.#untakenChars > PAUSE_CHARS;
  }

  #release(): void {
    for (const done of [...this.#waiting]) done();
  }
}
