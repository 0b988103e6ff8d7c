/** How many subscriptions are open, by procedure: so that one that is lost or doubled can be seen from outside. */
export class SubscriptionCount {
  readonly #openOf = new Map<string, number>();

  /** Every procedure that was ever subscribed to, with what is open now. */
  open(): ReadonlyMap<string, number> {
    return this.#openOf;
  }

  /** The same stream, counted from its first item asked for to its end, however it ends. */
  async *counted<T>(path: string, stream: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    this.#add(path, 1);
    try {
      yield* stream;
    } finally {
      this.#add(path, -1);
    }
  }

  #add(path: string, change: 1 | -1): void {
    this.#openOf.set(path, (this.#openOf.get(path) ?? 0) + change);
  }
}
