import { messageOf } from "#contract/errors.ts";
import type { Reading } from "#contract/readings.ts";
import type { OutputEvent, OutputEventSink } from "../outputs/ports.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { after, every, withTimeLimit } from "../platform/timing.ts";
import type { Readings } from "../readings/ports.ts";
import { Delivery } from "./delivery.ts";
import type { BatchStore, JournalBatch, JournalService, JournalState, Spool } from "./ports.ts";
import { countOf, RowQueue } from "./row-queue.ts";
import { Sequences } from "./sequences.ts";

export interface JournalOptions {
  readonly readings: Readings;
  readonly store: BatchStore;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
}

const PERIOD_MS = 1_000;
/** So many rows do not wait for the second to end: a flat-out source is held up by the store alone. */
const BATCH_ROWS = 5_000;
/** An hour of 50 readings/s; some 30 MB. */
const MEMORY_ROWS = 200_000;
const STOP_LIMIT_MS = 2_000;
/** Of which Postgres gets this much, and the spool the rest. */
const STOP_STORE_LIMIT_MS = 1_000;

/**
 * The only writer of history. Hears the readings bus and the outputs, and makes one durable batch of it a second, in
 * Postgres or in the spool. Control never waits for it: taking a row is one push onto an array.
 */
export class Journal implements JournalService, OutputEventSink, Stoppable {
  readonly #options: JournalOptions;
  readonly #delivery: Delivery;
  readonly #sequences: Sequences;
  readonly #queue = new RowQueue(BATCH_ROWS);
  readonly #hurry = new AbortController();
  readonly #flushes: { readonly through: number; readonly resolve: () => void }[] = [];
  #cancels: Cancel[] = [];
  #head: JournalBatch | null = null;
  #isWriting = false;
  /** Rows taken, rows durable, and how far rows are due: each counts from the start of this run. */
  #taken = 0;
  #durable = 0;
  #dueThrough = 0;
  #lostRows = 0;
  #isLossSaid = false;
  #writeError: string | null = null;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#delivery = new Delivery(options);
    this.#sequences = new Sequences(options);
  }

  /** @throws ReefFault what the spool says; Postgres need not be there */
  async start(): Promise<void> {
    const { readings, clock } = this.#options;
    await this.#sequences.start();
    await this.#delivery.start();
    this.#cancels = [
      readings.subscribe("journal", (reading) => this.#take(reading)),
      every(clock, PERIOD_MS, () => this.#writeAll()),
    ];
  }

  /** Makes durable what was taken, within 2 s; says how many rows it had to give up. */
  async stop(): Promise<void> {
    const { clock, log } = this.#options;
    for (const cancel of this.#cancels.splice(0)) cancel();
    const cancelHurry = after(clock, STOP_STORE_LIMIT_MS, () => this.#hurry.abort());
    try {
      await withTimeLimit(clock, { limitMs: STOP_LIMIT_MS, what: "The last write of history" }, () =>
        this.flush(),
      );
    } catch (error) {
      this.#lostRows += this.#pendingRows();
      log.error(
        { error, rows: this.#pendingRows() },
        "history was lost: neither the database nor the spool took it",
      );
    }
    cancelHurry();
    await this.#delivery.stop();
  }

  append(event: OutputEvent): void {
    if (this.#hasRoom() && this.#queue.addEvent(event)) this.#writeAll();
  }

  databaseIsBack(): void {
    this.#delivery.databaseIsBack();
  }

  state(): JournalState {
    const { isDraining, spooledBatches, lastCommitAtMs, lastError } = this.#delivery.state;
    return {
      isDraining,
      pendingRows: this.#pendingRows(),
      spooledBatches,
      lastCommitAtMs,
      lastError: this.#writeError ?? lastError,
      lostRows: this.#lostRows,
    };
  }

  flush(): Promise<void> {
    if (this.#durable === this.#taken) return Promise.resolve();
    return new Promise((resolve) => {
      this.#flushes.push({ through: this.#taken, resolve });
      this.#writeAll();
    });
  }

  #take(reading: Reading): void {
    if (this.#hasRoom() && this.#queue.addReading(reading)) this.#writeAll();
  }

  #hasRoom(): boolean {
    if (this.#pendingRows() < MEMORY_ROWS) {
      this.#taken += 1;
      return true;
    }
    this.#lostRows += 1;
    if (!this.#isLossSaid) {
      this.#isLossSaid = true;
      this.#options.log.error(
        { rows: MEMORY_ROWS },
        "history is being lost: neither the database nor the spool takes it",
      );
    }
    return false;
  }

  #pendingRows(): number {
    return this.#taken - this.#durable;
  }

  #writeAll(): void {
    this.#dueThrough = this.#taken;
    if (!this.#isWriting && this.#durable < this.#dueThrough) void this.#write();
  }

  /** One at a time, while the next batch gathers. What fails stays at the head and is tried again next second. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#durable < this.#dueThrough) await this.#writeHead();
    } catch (error) {
      if (this.#writeError === null && !this.#hurry.signal.aborted) {
        this.#options.log.error({ error }, "history waits in memory: the spool does not take it");
      }
      this.#writeError = messageOf(error);
    } finally {
      this.#isWriting = false;
    }
  }

  async #writeHead(): Promise<void> {
    this.#head ??= await this.#nextBatch();
    await this.#delivery.deliver(this.#head, this.#hurry.signal);
    this.#durable += countOf(this.#head);
    this.#head = null;
    this.#writeError = null;
    this.#isLossSaid = false;
    while (this.#flushes[0] !== undefined && this.#flushes[0].through <= this.#durable)
      this.#flushes.shift()?.resolve();
  }

  async #nextBatch(): Promise<JournalBatch> {
    const sequence = await this.#sequences.next();
    const { readings, outputEvents } = this.#queue.take() ?? { readings: [], outputEvents: [] };
    return { sequence, readings, outputEvents };
  }
}
