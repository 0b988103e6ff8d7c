import { messageOf } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import { DurableSlot } from "../platform/durable-slot.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { OutputStateStore, PersistedOutput, PersistedOutputs } from "./ports.ts";
import { UNKNOWN, UNREAD } from "./spent-run.ts";

/** The longest control waits for the store, ms: at the start, and before a capped output goes on. */
export const STORE_LIMIT_MS = 1_000;

interface KeeperDeps {
  readonly store: OutputStateStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps what must outlive a power cut. Nothing here holds up an off: saves run beside control, newest last. */
export class StateKeeper {
  readonly #deps: KeeperDeps;
  readonly #outputs = new Map<ChannelId, DurableSlot<PersistedOutput>>();
  readonly #emergencyStop: DurableSlot<EmergencyStopState>;
  #isLoading = true;
  #loadError: string | null = null;
  readonly #unsaved = new Map<string, string>();

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
    this.#emergencyStop = new DurableSlot(
      async (state) => deps.store.saveEmergencyStop(state),
      (error) => this.#onSave("emergency-stop", error),
    );
  }

  /** Why a fault with this code cannot be reset yet; null: not for a want of what was kept. */
  standing(faultCode: string): string | null {
    return faultCode === UNKNOWN.code && this.#isLoading ? UNREAD : null;
  }

  /** Why what was kept cannot be trusted to be complete; null: it can. */
  get error(): string | null {
    const [unsaved] = this.#unsaved.values();
    return this.#loadError ?? unsaved ?? null;
  }

  /**
   * What was kept; null where the store failed or did not answer within a second. What it says later goes to `onLate`.
   * Until it answered nothing is saved over what it may still hold.
   */
  async load(onLate: (kept: PersistedOutputs) => void): Promise<PersistedOutputs | null> {
    const answer = this.#read();
    const limit = new Promise<"late">((resolve) => after(this.#deps.clock, STORE_LIMIT_MS, () => resolve("late")));
    const first = await Promise.race([answer, limit]);
    if (first !== "late") {
      this.#begin();
      return first;
    }
    this.#loadError = `the store did not say within ${STORE_LIMIT_MS} ms what the outputs did before`;
    this.#deps.log.error({}, "the outputs start without what was kept of them: the local store does not answer");
    void answer.then((kept) => this.#cameLate(kept, onLate));
    return null;
  }

  saveOutput(output: PersistedOutput): void {
    const slot = this.#slotOf(output.channelId);
    slot.put(output);
    if (!this.#isLoading) slot.kick();
  }

  saveEmergencyStop(state: EmergencyStopState): void {
    this.#emergencyStop.put(state);
    if (!this.#isLoading) this.#emergencyStop.kick();
  }

  /** Resolves when this, or what came after it, is durable. */
  keepDurably(output: PersistedOutput): Promise<void> {
    this.saveOutput(output);
    return this.#slotOf(output.channelId).durable();
  }

  emergencyStopDurable(): Promise<void> {
    return this.#emergencyStop.durable();
  }

  /** Tries again what could not be saved. */
  retry(): void {
    if (this.#isLoading) return;
    this.#emergencyStop.kick();
    for (const slot of this.#outputs.values()) slot.kick();
  }

  /** Resolves when everything is durable; never, where the store never takes it. */
  async flush(): Promise<void> {
    await Promise.all([this.emergencyStopDurable(), ...[...this.#outputs.values()].map((slot) => slot.durable())]);
  }

  async #read(): Promise<PersistedOutputs | null> {
    try {
      return await this.#deps.store.load();
    } catch (error) {
      this.#loadError = messageOf(error);
      this.#deps.log.error({ error }, "the outputs start without what was kept of them: the local store failed");
      return null;
    }
  }

  #cameLate(kept: PersistedOutputs | null, onLate: (kept: PersistedOutputs) => void): void {
    if (kept !== null) {
      this.#loadError = null;
      onLate(kept);
    }
    this.#begin();
  }

  #begin(): void {
    this.#isLoading = false;
    this.retry();
  }

  #slotOf(channelId: ChannelId): DurableSlot<PersistedOutput> {
    const known = this.#outputs.get(channelId);
    if (known !== undefined) return known;
    const slot = new DurableSlot<PersistedOutput>(
      async (output) => this.#deps.store.saveOutput(output),
      (error) => this.#onSave(channelId, error),
    );
    this.#outputs.set(channelId, slot);
    return slot;
  }

  #onSave(what: string, error: unknown): void {
    const hadError = this.#unsaved.size > 0;
    if (error === null) this.#unsaved.delete(what);
    else this.#unsaved.set(what, messageOf(error));
    const hasError = this.#unsaved.size > 0;
    if (hasError && !hadError) this.#deps.log.error({ error }, "the state of the outputs cannot be kept");
    if (hadError && !hasError) this.#deps.log.info({}, "the state of the outputs is kept again");
  }
}
