import { ReefFault } from "#contract/errors.ts";
import type { Logger, Stoppable } from "./ports.ts";

/** Stops what it owns in reverse order of ownership, once; one failure never skips the rest. */
export class Lifecycle {
  readonly #owned: { readonly name: string; readonly part: Stoppable }[] = [];
  readonly #log: Logger;
  #isStopping = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Before the part is started. @throws ReefFault stopping: a start that goes on beside the stop ends here */
  own<T extends Stoppable>(name: string, part: T): T {
    if (this.#isStopping) throw new ReefFault("stopping", `The program is going down: no ${name} any more.`);
    this.#owned.push({ name, part });
    return part;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const { name, part } of this.#owned.splice(0).reverse()) {
      await part.stop().catch((error: unknown) => this.#log.error({ error, name }, "a part did not stop cleanly"));
    }
  }
}
