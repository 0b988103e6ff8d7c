import type { Worker } from "node:worker_threads";
import { ReefFault } from "#contract/errors.ts";
import type { AnswerOf, InputOf, StoreOperation, StoreReply, StoreRequest } from "./protocol.ts";
import { takeStoreThread } from "./store-thread.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (fault: ReefFault) => void;
}

/** Requests and answers over the worker's port. */
export class StoreWorker {
  readonly #url: URL;
  readonly #onDeath: (fault: ReefFault) => void;
  readonly #waiting = new Map<number, Waiting>();
  /** Null where there is nobody to ask. */
  #worker: Worker | null = null;
  #thread: Worker | null = null;
  #exited: Promise<void> = Promise.resolve();
  #lastId = 0;
  #failure: ReefFault | null = null;

  /** @param onDeath told where the thread ends without having been asked to */
  constructor(url: URL, onDeath: (fault: ReefFault) => void) {
    this.#url = url;
    this.#onDeath = onDeath;
  }

  start(): void {
    const worker = takeStoreThread(this.#url);
    this.#worker = worker;
    this.#thread = worker;
    worker.on("message", (reply: StoreReply) => this.#settle(reply));
    worker.on("error", (error) => this.#fail(error));
    this.#exited = new Promise((resolve) => {
      worker.on("exit", () => {
        this.#fail(new Error("it ended"));
        resolve();
      });
    });
  }

  /** @throws ReefFault what the store says; store-unavailable where there is no worker to ask */
  ask<K extends StoreOperation>(
    operation: K,
    input: InputOf<K>,
    handOver: readonly ArrayBuffer[] = [],
  ): Promise<AnswerOf<K>> {
    const worker = this.#worker;
    if (worker === null)
      return Promise.reject(this.#failure ?? new ReefFault("store-unavailable", "The local store is not open."));
    const request: StoreRequest = { id: ++this.#lastId, operation, input };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, handOver);
    });
  }

  /** Lets the worker close the database and end by itself. It may hang: then `kill` it. */
  async stop(): Promise<void> {
    if (this.#worker === null) return;
    const closed = this.ask("close", null);
    this.#failure = new ReefFault("store-unavailable", "The local store is closed.");
    this.#worker = null;
    await closed;
    await this.#exited;
  }

  async kill(): Promise<void> {
    await this.#thread?.terminate();
  }

  #settle(reply: StoreReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("fault" in reply) waiting?.reject(new ReefFault(reply.fault.code, reply.fault.message));
    else waiting?.resolve(reply.answer as never);
  }

  #fail(error: Error): void {
    this.#worker = null;
    const isNews = this.#failure === null;
    this.#failure ??= new ReefFault(
      "store-unavailable",
      `The local store's thread failed (${error.message}); restart the program.`,
      { cause: error },
    );
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
    if (isNews) this.#onDeath(this.#failure);
  }
}
