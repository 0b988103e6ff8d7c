import type { Clock, Logger } from "../platform/ports.ts";
import { withTimeLimit } from "../platform/timing.ts";
import type { Spool } from "./ports.ts";

interface SequencesDeps {
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Few enough that restarts, a second apart at best, cannot run ahead of the epoch's milliseconds. */
const RESERVED_AT_ONCE = 1_000;
const RESERVE_LIMIT_MS = 5_000;

/**
 * Numbers of batches, growing over restarts whatever happens: ahead of what the spool ever reserved (a machine whose
 * clock wakes up in the past), and ahead of the epoch's milliseconds (a store that was put back from a backup), which
 * one batch a second never overtakes.
 */
export class Sequences {
  readonly #deps: SequencesDeps;
  #last = 0;
  #reservedThrough = 0;

  constructor(deps: SequencesDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { spool, clock } = this.#deps;
    this.#last = Math.max(await spool.lastSequence(), Math.floor(clock.nowMs()));
    this.#reservedThrough = this.#last;
  }

  async next(): Promise<number> {
    if (this.#last === this.#reservedThrough) await this.#reserve();
    this.#last += 1;
    return this.#last;
  }

  /** Where the local store is in trouble the journal goes on: the epoch keeps the numbers apart until it is well. */
  async #reserve(): Promise<void> {
    const { spool, clock, log } = this.#deps;
    this.#reservedThrough = this.#last + RESERVED_AT_ONCE;
    const limit = { limitMs: RESERVE_LIMIT_MS, what: "The spool" };
    await withTimeLimit(clock, limit, () => spool.reserve(this.#reservedThrough)).catch((error: unknown) => {
      log.warn({ error }, "the spool could not note which batch numbers are in use");
    });
  }
}
