import type { KeptSignIn } from "../stores/kept-sign-in.ts";
import type { Asker, Line, Question, WireResult } from "./line.ts";
import type { AskedEarly } from "./line-link.ts";
import type { Target } from "./target.ts";

const TRADE = "auth.refresh";

/** What the first screen shows, and the app asks for first (stores/mirrors.ts, stores/core.ts). */
const FIRST_QUESTIONS: readonly Question[] = [
  { type: "subscription", path: "devices.live" },
  { type: "subscription", path: "readings.live" },
  { type: "subscription", path: "outputs.live" },
  { type: "subscription", path: "emergencyStop.live" },
  { type: "subscription", path: "system.live" },
  { type: "subscription", path: "settings.live" },
  { type: "subscription", path: "loops.live" },
  { type: "subscription", path: "modes.live" },
  { type: "subscription", path: "users.preferencesLive" },
  { type: "query", path: "users.preferences" },
];

/**
 * The wait for the core, while the browser is still reading the program: connects, signs in with what was kept, and asks
 * what the first screen shows. The program takes each of these over by asking the same. Stands in the
 * page itself, so it must not import anything large.
 */
export class HeadStart implements AskedEarly {
  readonly target: Target;
  readonly line: Line;
  readonly #early: EarlyQuestion[] = [];

  constructor(target: Target, line: Line) {
    this.target = target;
    this.line = line;
  }

  /**
   * @param keptNow the sign-in that was kept, looked up while the line is being connected; null: nobody's
   * @returns when all was asked, or nothing can be: from then on there is only to wait for the core
   */
  begin(keptNow: () => KeptSignIn | null): Promise<void> {
    return new Promise((resolve) => {
      // What it asked over one socket, as the user of that one, is nothing to ask over the next, as nobody.
      this.line.start({ token: () => null, onOpen: resolve, onClose: () => this.end() });
      const kept = keptNow();
      if (kept === null) return resolve();
      // All of it at once: the core answers what comes behind a sign-in as who signed in.
      for (const question of [tradeOf(kept), ...FIRST_QUESTIONS]) this.#ask(question);
    });
  }

  /** Whether what was kept is being traded, or was, and nobody has taken that over. */
  get isTrading(): boolean {
    return this.#early.some((early) => early.isTrade && !early.hasFailed);
  }

  takeOver(question: Question, asker: Asker): (() => void) | null {
    // What was refused to nobody may be granted to the user that the program asks as.
    const at = this.#early.findIndex((early) => early.isFor(question) && !early.hasFailed);
    const [early] = at < 0 ? [] : this.#early.splice(at, 1);
    return early === undefined ? null : early.handTo(asker);
  }

  /** The program has asked all it asks first, or the line was lost: what nobody took over is for nobody. */
  end(): void {
    for (const early of this.#early.splice(0)) early.forget();
  }

  #ask(question: Question): void {
    this.#early.push(new EarlyQuestion(this.line, question));
  }
}

/** As the program asks it (stores/core.ts). Nobody waits for other tabs here: the same trade twice has the same answer. */
function tradeOf({ token, tradeKey }: KeptSignIn): Question {
  return { type: "mutation", path: TRADE, input: { refreshToken: token, tradeKey } };
}

/** Keeps what is answered until somebody wants it. */
class EarlyQuestion {
  readonly forget: () => void;
  readonly isTrade: boolean;
  readonly #question: string;
  readonly #results: WireResult[] = [];
  #hasFailed = false;
  #asker: Asker | null = null;

  constructor(line: Line, question: Question) {
    this.#question = textOf(question);
    this.isTrade = question.path === TRADE;
    this.forget = line.ask(question, {
      next: (result) => {
        if (this.#asker === null) this.#results.push(result);
        else this.#asker.next(result);
      },
      failed: (error) => {
        this.#hasFailed = true;
        this.#asker?.failed(error);
      },
    });
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  isFor(question: Question): boolean {
    return this.#question === textOf(question);
  }

  handTo(asker: Asker): () => void {
    this.#asker = asker;
    for (const result of this.#results) asker.next(result);
    return this.forget;
  }
}

function textOf({ type, path, input }: Question): string {
  return JSON.stringify([type, path, input]);
}
