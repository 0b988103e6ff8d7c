import type { AlarmEvent } from "#contract/alarms.ts";
import { messageOf } from "#contract/errors.ts";
import type { AlarmEventId } from "#contract/ids.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after, withTimeLimit } from "../platform/timing.ts";
import type { AlarmEventStore } from "./ports.ts";
import type { StepLedger } from "./step-ledger.ts";

interface EventDrainDeps {
  readonly store: AlarmEventStore;
  readonly ledger: StepLedger;
  readonly clock: Clock;
  readonly log: Logger;
}

const AT_ONCE = 500;
const RETRY_MS = 5_000;
const APPEND_LIMIT_MS = 5_000;

/** Brings transitions to Postgres, oldest first. One stored twice is stored once: it is itself by its id. */
export class EventDrain {
  readonly #deps: EventDrainDeps;
  readonly #waiting = new Map<AlarmEventId, AlarmEvent>();
  /** Whose group is not known yet. */
  readonly #held = new Set<AlarmEventId>();
  #isRunning = false;
  #isStopped = false;
  #isAwaySaid = false;
  #cancelRetry: Cancel = () => undefined;

  constructor(deps: EventDrainDeps) {
    this.#deps = deps;
  }

  /** What is not there yet, oldest first. */
  waiting(): readonly AlarmEvent[] {
    return [...this.#waiting.values()];
  }

  /** They are durable here. */
  take(events: readonly AlarmEvent[]): void {
    for (const event of events) this.#waiting.set(event.id, event);
    this.#start();
  }

  hold(id: AlarmEventId): void {
    this.#held.add(id);
  }

  release(ids: readonly AlarmEventId[]): void {
    for (const id of ids) this.#held.delete(id);
    this.#start();
  }

  databaseIsBack(): void {
    this.#start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry();
  }

  #start(): void {
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    this.#cancelRetry();
    void this.#run();
  }

  async #run(): Promise<void> {
    const { store, ledger, clock, log } = this.#deps;
    try {
      // In a turn of its own: what came in the same one goes together.
      await Promise.resolve();
      for (let next = this.#next(); next.length > 0 && !this.#isStopped; next = this.#next()) {
        await withTimeLimit(clock, { limitMs: APPEND_LIMIT_MS, what: "The database" }, () => store.append(next));
        for (const { id } of next) this.#waiting.delete(id);
        ledger.take({ drained: next.map(({ id }) => id) });
      }
      if (this.#isAwaySaid) log.info({}, "the database takes alarm events again");
      this.#isAwaySaid = false;
    } catch (error) {
      if (!this.#isAwaySaid) {
        log.warn(
          { reason: messageOf(error) },
          "the database does not take alarm events; they wait in the local store",
        );
      }
      this.#isAwaySaid = true;
      this.#cancelRetry = after(clock, RETRY_MS, () => this.#start());
    }
    this.#isRunning = false;
  }

  #next(): readonly AlarmEvent[] {
    return [...this.#waiting.values()].filter(({ id }) => !this.#held.has(id)).slice(0, AT_ONCE);
  }
}
