import { type FaultCode, messageOf, ReefFault } from "#contract/errors.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { sleep, withTimeLimit } from "../platform/timing.ts";
import type { BatchStore, JournalBatch, Spool } from "./ports.ts";

export interface DeliveryDeps {
  readonly store: BatchStore;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Longer than a card's worst flush, shorter than anybody wants to wait for durability. */
const STORE_LIMIT_MS = 3_000;
const SPOOL_LIMIT_MS = 5_000;
/** The limit doubles with every failed round of draining, so that a merely slow server gets through. */
const MAX_DOUBLINGS = 3;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 5_000;
/** What is peeked at once, and what goes into one commit. */
const PEEK_BATCHES = 100;
const COMMIT_ROWS = 5_000;

/** With these the spool cannot be read at all, now or later in this run. */
const SPOOL_IS_GONE: ReadonlySet<FaultCode> = new Set(["store-corrupt", "store-unavailable", "store-wrong-key"]);

/**
 * Where batches go: to Postgres while it takes them, else to the spool, which drains into Postgres in order, oldest
 * first, with every newer batch queued behind. What is in the spool is always older than what is not.
 */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #stopping = new AbortController();
  #isDraining = false;
  #drained: Promise<void> = Promise.resolve();
  #pushing: Promise<void> | null = null;
  #pushes = 0;
  #wake = new AbortController();
  #spooledBatches = 0;
  #lastCommitAtMs: number | null = null;
  #lastError: string | null = null;
  #isAwaySaid = false;
  #isSpoolGone = false;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  get state() {
    return {
      isDraining: this.#isDraining,
      spooledBatches: this.#spooledBatches,
      lastCommitAtMs: this.#lastCommitAtMs,
      lastError: this.#lastError,
    };
  }

  /** Takes up what the last run left in the spool. */
  async start(): Promise<void> {
    this.#spooledBatches = await this.#deps.spool.size();
    if (this.#spooledBatches > 0) this.#startDraining(0);
  }

  /** Ends draining; what is in the spool waits for the next run. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#drained;
  }

  /**
   * Resolves when the batch is durable. Only one at a time.
   * @param hurry ends the wait for Postgres, so that the spool gets its turn
   * @throws what the spool says, where neither takes it: deliver the same batch again later
   */
  async deliver(batch: JournalBatch, hurry: AbortSignal): Promise<void> {
    if (!this.#isDraining) {
      try {
        return await this.#commit(batch, STORE_LIMIT_MS, hurry);
      } catch (error) {
        this.#note(error);
        this.#startDraining(1);
      }
    }
    this.#pushing = this.#push(batch);
    try {
      await this.#pushing;
    } finally {
      this.#pushing = null;
    }
  }

  /** Postgres answers again: draining need not wait for its next try. */
  databaseIsBack(): void {
    if (this.#isDraining) this.#wake.abort();
  }

  async #commit(batch: JournalBatch, limitMs: number, signal: AbortSignal): Promise<void> {
    const { clock, store } = this.#deps;
    await withTimeLimit(clock, { limitMs, what: "The database", signal }, () => store.append(batch));
    this.#lastCommitAtMs = clock.nowMs();
    if (!this.#isDraining) this.#sayBack();
  }

  async #push(batch: JournalBatch): Promise<void> {
    await this.#inSpool(() => this.#deps.spool.push(batch));
    this.#pushes += 1;
    this.#spooledBatches += 1;
  }

  #inSpool<T>(work: () => Promise<T>): Promise<T> {
    const limit = { limitMs: SPOOL_LIMIT_MS, what: "The spool", signal: this.#stopping.signal };
    return withTimeLimit(this.#deps.clock, limit, work);
  }

  #startDraining(failures: number): void {
    this.#isDraining = true;
    this.#drained = this.#drain(failures);
  }

  async #drain(failures: number): Promise<void> {
    let failed = failures;
    while (!this.#stopping.signal.aborted) {
      if (failed > 0) await this.#pause(failed);
      const pushesBefore = this.#pushes;
      const outcome = await this.#drainRound(failed);
      failed = outcome === "failed" ? failed + 1 : 0;
      if (outcome !== "dry") continue;
      if (this.#pushing !== null) await this.#pushing.catch(() => {});
      else if (this.#pushes === pushesBefore) return this.#finish();
    }
  }

  async #drainRound(failures: number): Promise<"some" | "dry" | "failed"> {
    try {
      const batches = await this.#peek(failures > 0 ? 1 : PEEK_BATCHES);
      const limitMs = STORE_LIMIT_MS * 2 ** Math.min(failures, MAX_DOUBLINGS);
      for (const group of grouped(batches)) {
        await this.#commit(merged(group), limitMs, this.#stopping.signal);
        await this.#drop(group);
      }
      return batches.length === 0 ? "dry" : "some";
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#note(error);
      return "failed";
    }
  }

  async #peek(limit: number): Promise<readonly JournalBatch[]> {
    try {
      const batches = await this.#inSpool(() => this.#deps.spool.peek(limit));
      this.#isSpoolGone = false;
      return batches;
    } catch (error) {
      if (!(error instanceof ReefFault && SPOOL_IS_GONE.has(error.code))) throw error;
      if (!this.#isSpoolGone) {
        this.#deps.log.error(
          { error },
          "the spool cannot be read; what it holds stays there, history goes on without it",
        );
      }
      this.#isSpoolGone = true;
      return [];
    }
  }

  async #drop(group: readonly JournalBatch[]): Promise<void> {
    await this.#inSpool(() => this.#deps.spool.dropThrough(group.at(-1)?.sequence ?? 0));
    this.#spooledBatches = Math.max(0, this.#spooledBatches - group.length);
  }

  /** In one turn with the look that found the spool dry: no batch can slip in between. */
  #finish(): void {
    this.#isDraining = false;
    if (this.#isSpoolGone) return;
    this.#spooledBatches = 0;
    this.#sayBack();
  }

  #sayBack(): void {
    this.#lastError = null;
    if (this.#isAwaySaid) this.#deps.log.info({}, "the database takes history again, and the spool is drained");
    this.#isAwaySaid = false;
  }

  async #pause(failures: number): Promise<void> {
    const delayMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    await sleep(this.#deps.clock, delayMs, this.#wake.signal);
    if (!this.#stopping.signal.aborted) this.#wake = new AbortController();
  }

  #note(error: unknown): void {
    this.#lastError = messageOf(error);
    if (this.#isAwaySaid) return;
    this.#isAwaySaid = true;
    this.#deps.log.warn({ error }, "the database does not take history; it waits in the spool");
  }
}

/** Batches that go into one commit: storing what they say is idempotent, so its borders may differ from try to try. */
function grouped(batches: readonly JournalBatch[]): readonly (readonly JournalBatch[])[] {
  const groups: JournalBatch[][] = [];
  let rows = 0;
  for (const batch of batches) {
    const batchRows = batch.readings.length + batch.outputEvents.length;
    const group = groups.at(-1);
    rows += batchRows;
    if (group !== undefined && rows <= COMMIT_ROWS) {
      group.push(batch);
    } else {
      groups.push([batch]);
      rows = batchRows;
    }
  }
  return groups;
}

function merged(group: readonly JournalBatch[]): JournalBatch {
  return {
    sequence: group.at(-1)?.sequence ?? 0,
    readings: group.flatMap((batch) => batch.readings),
    outputEvents: group.flatMap((batch) => batch.outputEvents),
  };
}
