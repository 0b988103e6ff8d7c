/**
 * Keeps the newest of one value durable: one save at a time, what came meanwhile is saved next, and what failed stays
 * due until a retry takes it.
 */
export class DurableSlot<T> {
  readonly #save: (value: T) => Promise<void>;
  readonly #onResult: (error: unknown) => void;
  #newest: { readonly value: T; readonly version: number } | null = null;
  #durableVersion = 0;
  #isSaving = false;
  #waiting: { readonly version: number; readonly resolve: () => void }[] = [];

  /** @param onResult told of every save: null when it went well, else what it threw */
  constructor(save: (value: T) => Promise<void>, onResult: (error: unknown) => void) {
    this.#save = save;
    this.#onResult = onResult;
  }

  put(value: T): void {
    this.#newest = { value, version: (this.#newest?.version ?? 0) + 1 };
  }

  /** Saves what is due, unless a save is under way. */
  kick(): void {
    const due = this.#newest;
    if (due === null || this.#isSaving || due.version <= this.#durableVersion) return;
    this.#isSaving = true;
    this.#attempt(due.value).then(
      () => this.#saved(due.version),
      (error: unknown) => {
        this.#isSaving = false;
        this.#onResult(error);
      },
    );
  }

  /** Resolves when everything put so far is durable; never, where it never becomes so. */
  durable(): Promise<void> {
    const version = this.#newest?.version ?? 0;
    if (version <= this.#durableVersion) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ version, resolve }));
  }

  async #attempt(value: T): Promise<void> {
    await this.#save(value);
  }

  #saved(version: number): void {
    this.#isSaving = false;
    this.#durableVersion = version;
    const reached = this.#waiting.filter((waiter) => waiter.version <= version);
    this.#waiting = this.#waiting.filter((waiter) => waiter.version > version);
    for (const waiter of reached) waiter.resolve();
    this.#onResult(null);
    this.kick();
  }
}
