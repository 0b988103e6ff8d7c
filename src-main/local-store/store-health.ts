import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { every, withTimeLimit } from "../platform/timing.ts";
import type { LocalStoreState } from "./ports.ts";

interface HealthDeps {
  readonly kind: "file" | "memory";
  readonly clock: Clock;
  readonly log: Logger;
}

const PROBE_PERIOD_MS = 2_000;
/** One that hangs between two uses is noticed within both together: /health is to tell the truth within 10 s. */
const LOOK_PERIOD_MS = 5_000;
const LOOK_LIMIT_MS = 4_000;
const NOT_OPEN = "The local store is not open yet.";
const OPEN = "The local store is open.";
const MEMORY_DETAIL =
  "The local store is in memory only (REEF_LOCAL_STORE=memory): sign-ins and latched faults are lost at the next stop.";

interface Questions {
  /** Resolves where a write would be taken. */
  probe(): Promise<unknown>;
  /** Resolves where the store answers; writes nothing. */
  look(): Promise<unknown>;
}

/**
 * How the store is. One that is well is asked now and then whether it still answers; one that fails, until it takes
 * writes; a damaged one stays so until a person acts.
 */
export class StoreHealth {
  readonly #deps: HealthDeps;
  readonly #questions: Questions;
  #state: LocalStoreState;
  #cancelLooking: Cancel = () => undefined;
  /** Set while the store is asked whether it is well again. */
  #cancelProbe: Cancel | null = null;
  #isAsking = false;

  constructor(deps: HealthDeps, questions: Questions) {
    this.#deps = deps;
    this.#questions = questions;
    const detail = deps.kind === "memory" ? MEMORY_DETAIL : NOT_OPEN;
    this.#state = { kind: deps.kind, isOk: false, detail, sinceMs: deps.clock.nowMs() };
  }

  state(): LocalStoreState {
    return this.#state;
  }

  opened(): void {
    this.#change(true, OPEN);
    this.#cancelLooking = every(this.#deps.clock, LOOK_PERIOD_MS, () => this.#look());
  }

  failed(error: unknown): void {
    if (this.#cancelProbe !== null) return;
    const wasOk = this.#state.isOk;
    if (this.#state.isOk || this.#state.detail === NOT_OPEN) this.#change(false, messageOf(error));
    if (!wasOk) return;
    this.#deps.log.error({ error }, "the local store does not take what it should; control goes on without it");
    if (!(error instanceof ReefFault && error.code === "store-corrupt")) {
      this.#cancelProbe = every(this.#deps.clock, PROBE_PERIOD_MS, () => this.#askAgain());
    }
  }

  close(): void {
    this.#cancelLooking();
    this.#endProbing();
  }

  #endProbing(): void {
    this.#cancelProbe?.();
    this.#cancelProbe = null;
  }

  #look(): void {
    if (!this.#state.isOk) return;
    const limit = { limitMs: LOOK_LIMIT_MS, what: "The local store" };
    withTimeLimit(this.#deps.clock, limit, () => this.#questions.look()).catch((error: unknown) =>
      this.failed(error),
    );
  }

  /** One question at a time: a store that hangs is not buried under them. */
  #askAgain(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#questions.probe().then(
      () => {
        this.#isAsking = false;
        this.#isBack();
      },
      () => {
        this.#isAsking = false;
      },
    );
  }

  #isBack(): void {
    if (this.#cancelProbe === null) return;
    this.#endProbing();
    this.#change(true, OPEN);
    this.#deps.log.info({}, "the local store takes writes again");
  }

  #change(isOk: boolean, detail: string): void {
    this.#state = { kind: this.#deps.kind, isOk, detail, sinceMs: this.#deps.clock.nowMs() };
  }
}
