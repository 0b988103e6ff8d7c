import { type KeptSignIn, keptToken } from "../stores/kept-sign-in.ts";
import { IpcWebSocket } from "./ipc-web-socket.ts";
import { type Asker, Line, type Question, type WireResult } from "./line.ts";
import { PromptWebSocket } from "./prompt-web-socket.ts";
import { socketUrlOf, type Target } from "./target.ts";

/** What the first screen shows, and the app asks for first (stores/mirrors.ts, stores/core.ts). */
const FIRST_QUESTIONS: readonly Question[] = [
  { type: "subscription", path: "devices.live" },
  { type: "subscription", path: "readings.live" },
  { type: "subscription", path: "outputs.live" },
  { type: "subscription", path: "emergencyStop.live" },
  { type: "subscription", path: "system.live" },
  { type: "subscription", path: "settings.live" },
  { type: "query", path: "users.preferences" },
];

/** Tells tRPC that the first message brings the token. */
const WITH_PARAMETERS = "?connectionParams=1";

/** Our line to a core: over the preload's pipe, or over the network. */
export function lineTo(target: Target): Line {
  const url = socketUrlOf(target) + WITH_PARAMETERS;
  if (target.kind === "network") return new Line({ dial: () => new PromptWebSocket(url), isWatched: true });
  // Shaped like a WebSocket as far as the line goes.
  return new Line({ dial: () => new IpcWebSocket(url) as unknown as WebSocket, isWatched: false });
}

/**
 * The wait for the core, while the browser is still reading the program: connects, signs in with what was kept, and asks
 * what the first screen shows. The program takes each of these over by asking the same. Lives in the page's first and
 * smallest file, so it must not import anything large.
 */
export class HeadStart {
  readonly target: Target;
  readonly line: Line;
  readonly #early: EarlyQuestion[] = [];

  constructor(target: Target) {
    this.target = target;
    this.line = lineTo(target);
  }

  /** @returns when all was asked, or nothing can be: from then on there is only to wait for the core */
  begin(): Promise<void> {
    this.line.start({ token: () => null, onOpen: () => undefined, onClose: () => undefined });
    const kept = keptToken(this.target);
    if (kept === null) return Promise.resolve();
    return new Promise((resolve) => {
      const onAnswer = (isSignedIn: boolean) => {
        if (isSignedIn) for (const question of FIRST_QUESTIONS) this.#ask(question);
        resolve();
      };
      this.#ask(tradeOf(kept), onAnswer);
    });
  }

  /** @returns as `Line.ask`; null where it was not asked early */
  takeOver(question: Question, asker: Asker): (() => void) | null {
    const at = this.#early.findIndex((early) => early.isFor(question));
    const [early] = at < 0 ? [] : this.#early.splice(at, 1);
    return early === undefined ? null : early.handTo(asker);
  }

  /** The program has asked all it asks first: what nobody took over is for nobody. */
  end(): void {
    for (const early of this.#early.splice(0)) early.forget();
  }

  #ask(question: Question, onAnswer: (isGranted: boolean) => void = () => undefined): void {
    this.#early.push(new EarlyQuestion(this.line, question, onAnswer));
  }
}

/** The trade of a kept refresh token for a session. */
export function tradeOf({ token, tradeKey }: KeptSignIn): Question {
  return { type: "mutation", path: "auth.refresh", input: { refreshToken: token, tradeKey } };
}

/** Keeps what is answered until somebody wants it. */
class EarlyQuestion {
  readonly forget: () => void;
  readonly #question: string;
  readonly #results: WireResult[] = [];
  #failure: { readonly error: unknown } | null = null;
  #asker: Asker | null = null;

  constructor(line: Line, question: Question, onAnswer: (isGranted: boolean) => void) {
    this.#question = textOf(question);
    this.forget = line.ask(question, {
      next: (result) => {
        if (this.#asker === null) this.#results.push(result);
        else this.#asker.next(result);
        onAnswer(true);
      },
      failed: (error) => {
        if (this.#asker === null) this.#failure = { error };
        else this.#asker.failed(error);
        onAnswer(false);
      },
    });
  }

  isFor(question: Question): boolean {
    return this.#question === textOf(question);
  }

  handTo(asker: Asker): () => void {
    this.#asker = asker;
    for (const result of this.#results) asker.next(result);
    if (this.#failure !== null) asker.failed(this.#failure.error);
    return this.forget;
  }
}

function textOf({ type, path, input }: Question): string {
  return JSON.stringify([type, path, input]);
}
