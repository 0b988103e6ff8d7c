import { ReefFault } from "#contract/errors.ts";

/** A page asks a dozen things behind its sign-in; whoever asks for hundreds as nobody is no page. */
const MOST_WAITING = 100;

/**
 * Who signs in over a line, and what waits for it: a client that is nobody yet may ask behind its sign-in without waiting
 * for the answer, and is answered as who it has become. Saves a page the time of a way there and back before it shows
 * anything.
 */
export class SignInTurn {
  #underWay: Promise<void> | null = null;
  #waiting = 0;

  /** Runs it when those before it are done: who signs in last is who the line belongs to. */
  take<T>(signIn: () => Promise<T>): Promise<T> {
    const before = this.#underWay;
    const mine = before === null ? signIn() : before.then(signIn);
    const end = () => {
      if (this.#underWay === settled) this.#underWay = null;
    };
    const settled: Promise<void> = mine.then(end, end);
    this.#underWay = settled;
    return mine;
  }

  /**
   * Resolves when nobody is signing in any more, whether it went well or not.
   * @throws ReefFault too-many-requests
   */
  async over(): Promise<void> {
    if (this.#underWay === null) return;
    if (this.#waiting >= MOST_WAITING)
      throw new ReefFault("too-many-requests", "Too much is asked before the sign-in is answered; wait for it");
    this.#waiting += 1;
    try {
      while (this.#underWay !== null) await this.#underWay;
    } finally {
      this.#waiting -= 1;
    }
  }
}
