import type { Logger } from "../platform/ports.ts";

/**
 * What is told, logged and kept once the commands are out: while a pass over the outputs is under way it only queues,
 * so that no record and no listener ever stands before a safe command. What one of them throws stops none of the rest.
 */
export class Aftermath {
  readonly #log: Logger;
  readonly #queue: (() => void)[] = [];
  #depth = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Runs `commands` to their end, and only then everything noted meanwhile. */
  afterwards<T>(commands: () => T): T {
    this.#depth += 1;
    try {
      return commands();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#drain();
    }
  }

  /** Queues one telling; outside a pass it is told at once. */
  note(tell: () => void): void {
    this.#queue.push(tell);
    if (this.#depth === 0) this.#drain();
  }

  #drain(): void {
    this.#depth += 1;
    for (let tell = this.#queue.shift(); tell !== undefined; tell = this.#queue.shift()) this.#try(tell);
    this.#depth -= 1;
  }

  #try(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#complain(error);
    }
  }

  /** A log that itself throws has nobody left to tell. */
  #complain(error: unknown): void {
    try {
      this.#log.error({ error }, "somebody who was told of an output threw; the output is not affected");
    } catch {
      return;
    }
  }
}
