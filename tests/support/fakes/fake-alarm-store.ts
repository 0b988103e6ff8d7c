import type { AlarmEvent } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import type { AlarmEventStore, AlarmStore, AlarmStoreStep } from "#main/alarms/ports.ts";
import { MemoryAlarms } from "#main/local-store/memory-alarms.ts";

/** A store in memory that outlives its program; it can fail, or be cut off in the middle of a commit. */
export class FakeAlarmStore implements AlarmStore {
  readonly #kept = new MemoryAlarms();
  isFull = false;
  /** After so many commits the power goes: the next one is kept or not, and nobody hears of it. */
  cutAfter: { commits: number; isLastKept: boolean } | null = null;
  commits = 0;

  /** The power is gone: nothing that happens now happens. */
  get isCut(): boolean {
    return this.cutAfter !== null && this.commits > this.cutAfter.commits;
  }

  load(): ReturnType<AlarmStore["load"]> {
    return this.#kept.load();
  }

  async commit(step: AlarmStoreStep): Promise<void> {
    if (this.isFull) throw new ReefFault("store-full", "The card is full: make room on it.");
    this.commits += 1;
    const cut = this.cutAfter;
    if (cut !== null && this.commits > cut.commits) {
      if (this.commits === cut.commits + 1 && cut.isLastKept) await this.#kept.commit(step);
      return new Promise<never>(() => undefined);
    }
    return this.#kept.commit(step);
  }
}

/** Postgres for events: each once, by its id. */
export class FakeAlarmEvents implements AlarmEventStore {
  readonly rows = new Map<string, AlarmEvent>();
  isAway = false;

  async append(events: readonly AlarmEvent[]): Promise<void> {
    if (this.isAway) throw new ReefFault("database-away", "Postgres does not answer.");
    for (const event of events) if (!this.rows.has(event.id)) this.rows.set(event.id, event);
  }
}
