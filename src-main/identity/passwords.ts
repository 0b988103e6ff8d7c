import { ReefFault } from "#contract/errors.ts";

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing runs on the shared thread pool of four; half of it stays free for files and names. */
const MAX_RUNNING = 2;
const MAX_WAITING = 64;

/** Hashes and checks passwords with argon2id, off the main thread and never more than two at once. */
export class Passwords {
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #dummyHash: Promise<string> | null = null;

  /** @throws ReefFault too-many-requests when too many wait already */
  hash(password: string): Promise<string> {
    return this.#inTurn(async () => (await import("@node-rs/argon2")).hash(password, OWASP));
  }

  /**
   * @param hash null for a user who does not exist: takes as long as for one who does, and fails
   * @throws ReefFault too-many-requests when too many wait already
   */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const against = hash ?? (await this.#dummy());
    const isRight = await this.#inTurn(async () => (await import("@node-rs/argon2")).verify(against, password));
    return isRight && hash !== null;
  }

  #dummy(): Promise<string> {
    this.#dummyHash ??= this.hash("nobody has this password").catch((error: unknown) => {
      this.#dummyHash = null;
      throw error;
    });
    return this.#dummyHash;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_RUNNING) {
      if (this.#waiting.length >= MAX_WAITING) {
        throw new ReefFault("too-many-requests", "Too many sign-ins at once; try again in a second", {
          context: { retryAfterS: 1 },
        });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
