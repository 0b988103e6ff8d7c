import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import type { LocalStoreState } from "./ports.ts";

interface HealthDeps {
  readonly kind: "file" | "memory";
  readonly clock: Clock;
  readonly log: Logger;
}

const PROBE_PERIOD_MS = 2_000;
const NOT_OPEN = "The local store is not open yet.";
const OPEN = "The local store is open.";
const MEMORY_DETAIL =
  "The local store is in memory only (REEF_LOCAL_STORE=memory): sign-ins and latched faults are lost at the next stop.";

/** How the store is. One that fails is asked again until it takes writes; a damaged one stays so until a person acts. */
export class StoreHealth {
  readonly #deps: HealthDeps;
  readonly #probe: () => Promise<unknown>;
  #state: LocalStoreState;
  /** Set while the store is asked whether it is well again. */
  #cancelProbe: Cancel | null = null;

  constructor(deps: HealthDeps, probe: () => Promise<unknown>) {
    this.#deps = deps;
    this.#probe = probe;
    const detail = deps.kind === "memory" ? MEMORY_DETAIL : NOT_OPEN;
    this.#state = { kind: deps.kind, isOk: false, detail, sinceMs: deps.clock.nowMs() };
  }

  state(): LocalStoreState {
    return this.#state;
  }

  opened(): void {
    this.#change(true, OPEN);
  }

  failed(error: unknown): void {
    if (this.#cancelProbe !== null) return;
    const wasOk = this.#state.isOk;
    if (this.#state.isOk || this.#state.detail === NOT_OPEN) this.#change(false, messageOf(error));
    if (!wasOk) return;
    this.#deps.log.error({ error }, "the local store does not take what it should; control goes on without it");
    if (!(error instanceof ReefFault && error.code === "store-corrupt")) {
      this.#cancelProbe = every(this.#deps.clock, PROBE_PERIOD_MS, () => this.#look());
    }
  }

  close(): void {
    this.#cancelProbe?.();
    this.#cancelProbe = null;
  }

  #look(): void {
    this.#probe().then(
      () => this.#isBack(),
      () => {},
    );
  }

  #isBack(): void {
    if (this.#cancelProbe === null) return;
    this.close();
    this.#change(true, OPEN);
    this.#deps.log.info({}, "the local store takes writes again");
  }

  #change(isOk: boolean, detail: string): void {
    this.#state = { kind: this.#deps.kind, isOk, detail, sinceMs: this.#deps.clock.nowMs() };
  }
}
