/**
 * What a listener hears, kept until its stream has taken it. While the stream keeps up, everything goes through in
 * order; past `limit` waiting items only the latest of each key stays, so that a slow client costs a bounded memory.
 */
export class CoalescingQueue<T> {
  readonly #limit: number;
  readonly #keyOf: (item: T) => string;
  #items: T[] = [];
  #head = 0;
  #latest: Map<string, T> | null = null;
  #wake: (() => void) | null = null;
  /** Whose end is listened for: once, and not at every item. */
  #signal: AbortSignal | null = null;

  constructor(limit: number, keyOf: (item: T) => string) {
    this.#limit = limit;
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#latest?.size ?? this.#items.length - this.#head;
  }

  push(item: T): void {
    if (this.#latest !== null) this.#latest.set(this.#keyOf(item), item);
    else if (this.size < this.#limit) this.#items.push(item);
    else this.#coalesceWith(item);
    this.#wake?.();
  }

  /** The oldest item, once there is one; null when `signal` aborts. */
  async next(signal: AbortSignal): Promise<T | null> {
    while (this.size === 0) {
      if (signal.aborted) return null;
      await this.#filled(signal);
    }
    return signal.aborted ? null : this.#shift();
  }

  #coalesceWith(item: T): void {
    const latest = new Map<string, T>();
    for (const waiting of [...this.#items.slice(this.#head), item]) latest.set(this.#keyOf(waiting), waiting);
    this.#latest = latest;
    this.#items = [];
    this.#head = 0;
  }

  #shift(): T | null {
    if (this.#latest !== null) return this.#shiftLatest(this.#latest);
    const item = this.#items[this.#head++];
    if (this.#head === this.#items.length || this.#head === this.#limit) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item ?? null;
  }

  #shiftLatest(latest: Map<string, T>): T | null {
    const [first] = latest;
    if (first === undefined) return null;
    latest.delete(first[0]);
    if (latest.size === 0) this.#latest = null;
    return first[1];
  }

  #filled(signal: AbortSignal): Promise<void> {
    if (this.#signal !== signal) {
      this.#signal = signal;
      signal.addEventListener("abort", () => this.#wake?.(), { once: true });
    }
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}
