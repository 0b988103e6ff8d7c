import type { z } from "zod";
import { messageOf } from "#contract/errors.ts";
import type { LoopId } from "#contract/ids.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import { DocumentKeeper } from "./document-keeper.ts";
import type { ControlMemory } from "./ports.ts";

/** A store that failed is asked again after this, ms. */
const RETRY_MS = 60_000;

interface KeptDocumentDeps<T> {
  readonly memory: ControlMemory;
  /** Whose document it is. */
  readonly loopId: LoopId;
  /** What does not fit says nothing to this program. */
  readonly schema: z.ZodType<T>;
  /** What was kept before this start, once. */
  readonly onLoaded: (kept: T) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * What a loop learned and takes up again after a restart. Nobody waits for it; nothing is saved before what was
 * kept is here, so that a store that is slow to wake up loses nothing.
 */
export class KeptDocument<T> {
  readonly #deps: KeptDocumentDeps<T>;
  readonly #name: string;
  readonly #save: DocumentKeeper;
  #isLoaded = false;
  #isClosed = false;
  #cancelRetry: Cancel = () => undefined;

  constructor(deps: KeptDocumentDeps<T>) {
    this.#deps = deps;
    this.#name = `loop:${deps.loopId}`;
    this.#save = new DocumentKeeper({ memory: deps.memory, name: this.#name, clock: deps.clock, log: deps.log });
  }

  open(): void {
    this.#load().then(
      () => undefined,
      (error: unknown) => {
        const { clock, log } = this.#deps;
        log.warn(
          { name: this.#name, reason: messageOf(error) },
          "what control learned before could not be read; it is tried again",
        );
        if (!this.#isClosed) this.#cancelRetry = after(clock, RETRY_MS, () => this.open());
      },
    );
  }

  /** What was kept is here, or there was nothing. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** @param body what JSON can hold */
  put(body: T): void {
    if (this.#isLoaded) void this.#save.put(body);
  }

  /** @returns whether it is durable, within 1 s */
  async putDurably(body: T): Promise<boolean> {
    return this.#isLoaded && this.#save.put(body);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
  }

  async #load(): Promise<void> {
    const { memory, schema, onLoaded } = this.#deps;
    const body = await memory.load(this.#name);
    if (this.#isClosed || this.#isLoaded) return;
    this.#isLoaded = true;
    const kept = schema.safeParse(body);
    if (kept.success) onLoaded(kept.data);
  }
}
