/** How many subscriptions are open, by procedure: so that one that is lost or doubled can be seen from outside. */
export class SubscriptionCount {
  readonly #openOf = new Map<string, number>();

  /** Every procedure that was ever subscribed to, with what is open now. */
  open(): ReadonlyMap<string, number> {
    return this.#openOf;
  }

  /** The same stream, counted from its first item asked for to its end, however it ends. */
  counted<T>(path: string, stream: AsyncIterable<T>): AsyncIterableIterator<T> {
    const items = stream[Symbol.asyncIterator]();
    let state: "before" | "open" | "over" = "before";
    const end = () => {
      if (state === "open") this.#add(path, -1);
      state = "over";
    };
    const begin = () => {
      if (state !== "before") return;
      state = "open";
      this.#add(path, 1);
    };
    const told = (item: IteratorResult<T>) => {
      if (item.done === true) end();
      return item;
    };
    const failed = (error: unknown) => {
      end();
      throw error;
    };
    const letGo = async () => {
      try {
        await items.return?.();
      } finally {
        end();
      }
    };
    return {
      // No generator of its own around the stream's: each item would pass through three more promises.
      next: () => {
        begin();
        return items.next().then(told, failed);
      },
      return: async () => {
        await letGo();
        return { done: true, value: undefined };
      },
      throw: async (error: unknown) => {
        await letGo();
        throw error;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  #add(path: string, change: 1 | -1): void {
    this.#openOf.set(path, (this.#openOf.get(path) ?? 0) + change);
  }
}
