import { ReefFault } from "#contract/errors.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import type { Actor } from "./ports.ts";

/** Whether the emergency stop holds, and who is told of it. Carrying it out is the arbiter's. */
export class EmergencyStop {
  readonly #clock: Clock;
  readonly #listeners = new Set<(state: EmergencyStopState) => void>();
  #state: EmergencyStopState = { isActive: false, since: null, by: null };
  #isDecidedHere = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): EmergencyStopState {
    return this.#state;
  }

  /** @throws ReefFault emergency-stopped while it holds */
  refuseWhileActive(): void {
    if (!this.#state.isActive) return;
    throw new ReefFault("emergency-stopped", "The emergency stop holds every output; release it first.");
  }

  engage(by: Actor): void {
    this.#isDecidedHere = true;
    if (!this.#state.isActive) this.#state = { isActive: true, since: instantFrom(this.#clock.nowMs()), by };
  }

  release(): void {
    this.#isDecidedHere = true;
    this.#state = { isActive: false, since: null, by: null };
  }

  /** What was kept of it; what somebody decided since counts more. */
  adopt(kept: EmergencyStopState): void {
    if (!this.#isDecidedHere) this.#state = kept;
  }

  onChange(listener: (state: EmergencyStopState) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param later runs what it is given when the commands of this moment are out */
  tell(later: (tell: () => void) => void): void {
    for (const listener of this.#listeners) later(() => listener(this.#state));
  }
}
