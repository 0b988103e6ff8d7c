/** What the core answers to one question, or tells of one subscription. */
export interface Asker {
  /** @param result as tRPC writes it: `started`, `data` with the data, or `stopped` */
  next(result: WireResult): void;
  /** @param error as tRPC writes it; null: the connection was lost before the core answered */
  failed(error: unknown): void;
}

export interface WireResult {
  readonly type: "started" | "data" | "stopped";
  readonly data?: unknown;
}

export interface Question {
  readonly type: "query" | "mutation" | "subscription";
  readonly path: string;
  readonly input?: unknown;
}

export interface LineEvents {
  /** The token to come with, asked for at each connect; null: as nobody. */
  token(): string | null;
  onOpen(): void;
  /** @param code the WebSocket's close code; 4401: the core wants a new sign-in */
  onClose(code: number): void;
}

interface LineOptions {
  /** A new socket to the core. */
  readonly dial: () => WebSocket;
  /** Whether a silent line may be a dead one: over a network. */
  readonly isWatched: boolean;
}

interface Asked {
  readonly question: Question;
  readonly asker: Asker;
  /** Over the present socket: before, it only waits. */
  isSent: boolean;
}

/** A core that returns is found again within this: the keeper waits by the tank. */
const LONGEST_RETRY_MS = 2_000;
const FIRST_RETRY_MS = 250;
/** A network that swallows everything is noticed within the sum of the two. */
const PING_AFTER_MS = 1_000;
const PONG_WITHIN_MS = 1_000;

const NOBODY: LineEvents = { token: () => null, onOpen: () => undefined, onClose: () => undefined };

/**
 * The line to the core: tRPC's WebSocket protocol, connected again and again with back-off until it is closed. tRPC's own
 * client waits a timer's tick before it sends and weighs as much as half our pages; over this one a question is on the
 * wire in the turn it is asked in. What is asked while the core is away waits for it. A question whose socket is lost
 * fails, for nobody knows if it was done; a subscription begins anew with the next socket.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #asked = new Map<number, Asked>();
  #events: LineEvents = NOBODY;
  #socket: WebSocket | null = null;
  #isOpen = false;
  #count = 0;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setTimeout> | null = null;
  #heardAtMs = 0;
  #isClosed = false;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Connects. @param events from now on; of a line that is open already its opening is told at once */
  start(events: LineEvents): void {
    this.#events = events;
    if (this.#socket === null && this.#retry === null) this.#connect();
    else if (this.#isOpen) events.onOpen();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket?.close();
  }

  /** @returns forgets it: what is answered from now on is for nobody */
  ask(question: Question, asker: Asker): () => void {
    this.#count += 1;
    const id = this.#count;
    const asked: Asked = { question, asker, isSent: false };
    this.#asked.set(id, asked);
    if (this.#isOpen) this.#send(id, asked);
    return () => {
      if (this.#asked.delete(id) && asked.isSent && question.type === "subscription")
        this.#socket?.send(JSON.stringify({ id, method: "subscription.stop" }));
    };
  }

  #send(id: number, asked: Asked): void {
    const { type, path, input } = asked.question;
    asked.isSent = true;
    this.#socket?.send(JSON.stringify({ id, method: type, params: { path, input } }));
  }

  #connect(): void {
    this.#retry = null;
    const socket = this.#options.dial();
    this.#socket = socket;
    socket.addEventListener("open", () => this.#onOpen(socket));
    socket.addEventListener("message", ({ data }: MessageEvent) => this.#onText(socket, String(data)));
    socket.addEventListener("close", ({ code }: CloseEvent) => this.#onClose(socket, code));
  }

  #onOpen(socket: WebSocket): void {
    const token = this.#events.token();
    socket.send(JSON.stringify({ method: "connectionParams", data: token === null ? {} : { token } }));
    this.#isOpen = true;
    this.#heardAtMs = performance.now();
    if (this.#options.isWatched) this.#expectMore(socket, PING_AFTER_MS);
    for (const [id, asked] of this.#asked) this.#send(id, asked);
    this.#events.onOpen();
  }

  #onText(socket: WebSocket, text: string): void {
    if (socket !== this.#socket) return;
    this.#heardAtMs = performance.now();
    if (text === "PONG") return;
    if (text === "PING") {
      socket.send("PONG");
      return;
    }
    const said: unknown = JSON.parse(text);
    // A core that joins frames tells in one what came in one turn.
    for (const message of Array.isArray(said) ? said : [said]) if (isAnswer(message)) this.#onAnswer(message);
  }

  #onAnswer({ id, result, error }: Answer): void {
    const asked = this.#asked.get(id);
    // It takes what we come with.
    if (result !== undefined) this.#attempt = 0;
    if (asked === undefined) return;
    const isOver = asked.question.type !== "subscription" || result === undefined || result.type === "stopped";
    if (isOver) this.#asked.delete(id);
    if (result === undefined) asked.asker.failed(error);
    else asked.asker.next(result);
  }

  #onClose(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#isOpen = false;
    this.#socket = null;
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#failWhatWasSent();
    this.#events.onClose(code);
    if (this.#isClosed) return;
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** this.#attempt, LONGEST_RETRY_MS);
    this.#attempt += 1;
    this.#retry = setTimeout(() => this.#connect(), afterMs);
  }

  #failWhatWasSent(): void {
    for (const [id, asked] of this.#asked) {
      const isLost = asked.isSent && asked.question.type !== "subscription";
      asked.isSent = false;
      if (!isLost) continue;
      this.#asked.delete(id);
      asked.asker.failed(null);
    }
  }

  /** A line that fell silent is asked whether anybody is there, and given up where nobody is. */
  #expectMore(socket: WebSocket, withinMs: number): void {
    this.#watch = setTimeout(() => {
      const leftMs = this.#heardAtMs + PING_AFTER_MS - performance.now();
      if (leftMs > 0) return this.#expectMore(socket, leftMs);
      const askedAtMs = performance.now();
      socket.send("PING");
      this.#watch = setTimeout(() => {
        if (this.#heardAtMs < askedAtMs) socket.close();
        else this.#expectMore(socket, PING_AFTER_MS);
      }, PONG_WITHIN_MS);
    }, withinMs);
  }
}

interface Answer {
  readonly id: number;
  readonly error?: unknown;
  readonly result?: WireResult;
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === "object" && message !== null && "id" in message && typeof message.id === "number";
}
