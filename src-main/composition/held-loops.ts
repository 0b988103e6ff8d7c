import type { LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { SafeModeState } from "../outputs/ports.ts";
import type { LoopRuntime } from "../settings/ports.ts";

interface HeldLoopsDeps {
  readonly runtime: LoopRuntime;
  readonly safeMode: SafeModeState | null;
}

/** The loops as they run: in safe mode only thermostats do, and the others say why not. */
export class HeldLoops implements LoopRuntime {
  readonly #deps: HeldLoopsDeps;
  #heldIds: ReadonlySet<LoopId> = new Set();

  constructor(deps: HeldLoopsDeps) {
    this.#deps = deps;
  }

  /** What may run now of everything that is configured. */
  allowed(loops: readonly LoopConfig[]): readonly LoopConfig[] {
    const held = this.#deps.safeMode?.isActive() === true ? loops.filter(isBeyondLifeSupport) : [];
    this.#heldIds = new Set(held.filter(({ isEnabled }) => isEnabled).map(({ id }) => id));
    return loops.map((loop) => (this.#heldIds.has(loop.id) ? { ...loop, isEnabled: false } : loop));
  }

  stateOf(loopId: LoopId): LoopState {
    const state = this.#deps.runtime.stateOf(loopId);
    if (!this.#heldIds.has(loopId)) return state;
    return { ...state, state: "held", text: "Held: in safe mode only thermostats run.", next: null };
  }

  onStateChange: LoopRuntime["onStateChange"] = (listener) => this.#deps.runtime.onStateChange(listener);

  refill: LoopRuntime["refill"] = (loopId) => this.#deps.runtime.refill(loopId);
}

function isBeyondLifeSupport({ type }: LoopConfig): boolean {
  return type !== "thermostat";
}
