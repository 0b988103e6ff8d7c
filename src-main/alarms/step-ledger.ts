import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { sleep, withTimeLimit } from "../platform/timing.ts";
import type { AlarmStore, AlarmStoreStep, KeptRow } from "./ports.ts";

interface StepLedgerDeps {
  /** null: nothing is kept, and everybody is told at once. */
  readonly store: AlarmStore | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A record that takes longer keeps nobody from being told. */
const COMMIT_LIMIT_MS = 2_000;
const RETRY_MS = 5_000;

interface Gathered {
  readonly memories: Map<string, unknown>;
  readonly forgotten: Set<string>;
  readonly events: Map<string, unknown>;
  readonly drained: Set<string>;
  readonly announcements: Map<string, unknown>;
  readonly done: Set<string>;
  readonly told: (() => void)[];
}

/**
 * Makes each step durable before anybody is told of it, in order. What comes while a commit is under way goes into the
 * next one, whole: a memory is never kept without the transitions that led to it. A store that fails delays the telling
 * by 2 s at most; the step is tried again until it is kept.
 */
export class StepLedger {
  readonly #deps: StepLedgerDeps;
  #next: Gathered = nothing();
  #hasNext = false;
  #isFailing = false;
  #running: Promise<void> | null = null;
  readonly #stopping = new AbortController();

  constructor(deps: StepLedgerDeps) {
    this.#deps = deps;
  }

  /** @param then told when it is durable, or cannot be made so in time */
  take(step: Partial<AlarmStoreStep>, then: () => void = () => undefined): void {
    if (this.#deps.store === null) {
      then();
      return;
    }
    gather(this.#next, step);
    this.#hasNext = true;
    // People do not wait for a card that is known to be full.
    if (this.#isFailing) then();
    else this.#next.told.push(then);
    this.#running ??= this.#run(this.#deps.store);
  }

  /** Resolves when everything taken so far is kept, or was tried. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(store: AlarmStore): Promise<void> {
    // In a turn of its own: what one reading sets off is one commit.
    await Promise.resolve();
    while (this.#hasNext) {
      const step = this.#next;
      this.#next = nothing();
      this.#hasNext = false;
      const isKept = await this.#commit(store, step);
      for (const then of step.told.splice(0)) this.#tell(then);
      this.#isFailing = !isKept;
      if (isKept) continue;
      this.#giveBack(step);
      if (this.#stopping.signal.aborted) break;
      await sleep(this.#deps.clock, RETRY_MS, this.#stopping.signal);
    }
    this.#running = null;
  }

  async #commit(store: AlarmStore, step: Gathered): Promise<boolean> {
    const { clock, log } = this.#deps;
    try {
      await withTimeLimit(clock, { limitMs: COMMIT_LIMIT_MS, what: "The local store" }, () =>
        store.commit(stepOf(step)),
      );
      return true;
    } catch (error) {
      const code = error instanceof ReefFault ? error.code : "internal";
      log.error({ code, reason: messageOf(error) }, "what alarms did could not be kept; it is tried again");
      return false;
    }
  }

  /** What came meanwhile stands above what is tried again. */
  #giveBack(step: Gathered): void {
    const newer = this.#next;
    this.#next = nothing();
    gather(this.#next, stepOf(step));
    gather(this.#next, stepOf(newer));
    this.#next.told.push(...newer.told);
    this.#hasNext = true;
  }

  #tell(then: () => void): void {
    try {
      then();
    } catch (error) {
      this.#deps.log.error({ error }, "a listener to alarms failed; the others are told all the same");
    }
  }
}

function nothing(): Gathered {
  return {
    memories: new Map(),
    forgotten: new Set(),
    events: new Map(),
    drained: new Set(),
    announcements: new Map(),
    done: new Set(),
    told: [],
  };
}

function gather(into: Gathered, step: Partial<AlarmStoreStep>): void {
  for (const { id, body } of step.memories ?? []) {
    into.memories.set(id, body);
    into.forgotten.delete(id);
  }
  for (const id of step.forgotten ?? []) {
    into.memories.delete(id);
    into.forgotten.add(id);
  }
  for (const { id, body } of step.events ?? []) into.events.set(id, body);
  for (const id of step.drained ?? []) into.drained.add(id);
  for (const { id, body } of step.announcements ?? []) into.announcements.set(id, body);
  for (const id of step.done ?? []) into.done.add(id);
}

function stepOf({ memories, forgotten, events, drained, announcements, done }: Gathered): AlarmStoreStep {
  const rowsOf = (bodies: ReadonlyMap<string, unknown>, without: ReadonlySet<string> = new Set()): KeptRow[] =>
    [...bodies].filter(([id]) => !without.has(id)).map(([id, body]) => ({ id, body }));
  return {
    memories: rowsOf(memories),
    forgotten: [...forgotten],
    events: rowsOf(events, drained),
    drained: [...drained],
    announcements: rowsOf(announcements, done),
    done: [...done],
  };
}
