import { messageOf } from "#contract/errors.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { ControlMemory } from "./ports.ts";

/** What is not durable by then is waited for no longer, ms; it is saved all the same. */
const ANSWER_LIMIT_MS = 1_000;

interface LatestSaveDeps {
  readonly memory: ControlMemory;
  /** The document's name. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps the newest of one document durable: one save at a time, and of what came meanwhile the last. */
export class LatestSave {
  readonly #deps: LatestSaveDeps;
  #next: { readonly body: unknown; readonly told: ((isDurable: boolean) => void)[] } | null = null;
  #isSaving = false;

  constructor(deps: LatestSaveDeps) {
    this.#deps = deps;
  }

  /** @returns resolves when this, or what came after it, is durable: true; or failed, or took longer than 1 s: false */
  put(body: unknown): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = after(this.#deps.clock, ANSWER_LIMIT_MS, () => resolve(false));
      const told = (isDurable: boolean) => {
        cancel();
        resolve(isDurable);
      };
      this.#next = { body, told: [...(this.#next?.told ?? []), told] };
      this.#save();
    });
  }

  #save(): void {
    const due = this.#next;
    if (due === null || this.#isSaving) return;
    this.#next = null;
    this.#isSaving = true;
    const end = (isDurable: boolean) => {
      this.#isSaving = false;
      for (const told of due.told) told(isDurable);
      this.#save();
    };
    this.#attempt(due.body).then(
      () => end(true),
      (error: unknown) => {
        const { log, name } = this.#deps;
        log.error({ name, reason: messageOf(error) }, "what control must remember could not be kept");
        end(false);
      },
    );
  }

  async #attempt(body: unknown): Promise<void> {
    await this.#deps.memory.save(this.#deps.name, body);
  }
}
