import type { Logger, Stoppable } from "./ports.ts";

/** Stops what it owns in reverse order of ownership; one failure never skips the rest. */
export class Lifecycle {
  readonly #owned: { readonly name: string; readonly part: Stoppable }[] = [];
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  own<T extends Stoppable>(name: string, part: T): T {
    this.#owned.push({ name, part });
    return part;
  }

  async stop(): Promise<void> {
    for (const { name, part } of this.#owned.splice(0).reverse()) {
      await part.stop().catch((error: unknown) => this.#log.error({ error, name }, "a part did not stop cleanly"));
    }
  }
}
