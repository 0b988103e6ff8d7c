import { messageOf } from "#contract/errors.ts";
import { DurableSlot } from "../platform/durable-slot.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { within } from "../platform/timing.ts";
import type { ControlMemory } from "./ports.ts";

/** What is not durable by then is waited for no longer, ms; it is saved all the same. */
const ANSWER_LIMIT_MS = 1_000;

interface DocumentKeeperDeps {
  readonly memory: ControlMemory;
  /** The document's name. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps the newest of one document durable. */
export class DocumentKeeper {
  readonly #clock: Clock;
  readonly #slot: DurableSlot<unknown>;

  constructor({ memory, name, clock, log }: DocumentKeeperDeps) {
    this.#clock = clock;
    this.#slot = new DurableSlot<unknown>(
      async (body) => memory.save(name, body),
      (error) => {
        if (error !== null)
          log.error({ name, reason: messageOf(error) }, "what control must remember could not be kept");
      },
    );
  }

  /** @returns resolves when this, or what came after it, is durable: true; or failed, or took longer than 1 s: false */
  async put(body: unknown): Promise<boolean> {
    this.#slot.put(body);
    this.#slot.kick();
    return (await within(this.#clock, ANSWER_LIMIT_MS, this.#slot.attempted())) === true;
  }
}
