interface Waiter {
  readonly version: number;
  /** It waits for a save that goes well, however many fail before. */
  readonly isPatient: boolean;
  readonly resolve: (isDurable: boolean) => void;
}

/**
 * Keeps the newest of one value durable: one save at a time, what came meanwhile is saved next, and what failed stays
 * due until somebody kicks again.
 */
export class DurableSlot<T> {
  readonly #save: (value: T) => Promise<void>;
  readonly #onResult: (error: unknown) => void;
  #newest: { readonly value: T; readonly version: number } | null = null;
  #durableVersion = 0;
  #isSaving = false;
  #waiting: readonly Waiter[] = [];

  /** @param onResult told of every save: null when it went well, else what it threw */
  constructor(save: (value: T) => Promise<void>, onResult: (error: unknown) => void) {
    this.#save = save;
    this.#onResult = onResult;
  }

  put(value: T): void {
    this.#newest = { value, version: this.#version() + 1 };
  }

  /** Saves what is due, unless a save is under way. */
  kick(): void {
    const due = this.#newest;
    if (due === null || this.#isSaving || due.version <= this.#durableVersion) return;
    this.#isSaving = true;
    this.#attempt(due.value).then(
      () => this.#saved(due.version),
      (error: unknown) => this.#failed(due.version, error),
    );
  }

  /** Resolves when everything put so far is durable; never, where it never becomes so. */
  async durable(): Promise<void> {
    await this.#settled(true);
  }

  /** @returns when everything put so far is durable: true; when a save of it failed: false */
  attempted(): Promise<boolean> {
    return this.#settled(false);
  }

  #version(): number {
    return this.#newest?.version ?? 0;
  }

  #settled(isPatient: boolean): Promise<boolean> {
    const version = this.#version();
    if (version <= this.#durableVersion) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { version, isPatient, resolve }];
    });
  }

  async #attempt(value: T): Promise<void> {
    await this.#save(value);
  }

  #saved(version: number): void {
    this.#isSaving = false;
    this.#durableVersion = version;
    this.#tell(true, (waiter) => waiter.version <= version);
    this.#onResult(null);
    this.kick();
  }

  #failed(version: number, error: unknown): void {
    this.#isSaving = false;
    this.#tell(false, (waiter) => !waiter.isPatient && waiter.version <= version);
    this.#onResult(error);
    // What came meanwhile was never tried.
    if (this.#version() > version) this.kick();
  }

  #tell(isDurable: boolean, isMeant: (waiter: Waiter) => boolean): void {
    const told = this.#waiting.filter(isMeant);
    this.#waiting = this.#waiting.filter((waiter) => !isMeant(waiter));
    for (const waiter of told) waiter.resolve(isDurable);
  }
}
