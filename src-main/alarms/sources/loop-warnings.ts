import type { AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import type { LoopId } from "#contract/ids.ts";
import type { LoopState, LoopWarning } from "#contract/loops.ts";
import { type Signal, signalOfCauses, UNKNOWN } from "#domain/alarms/signal.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { after } from "../../platform/timing.ts";
import type { AlarmSource } from "../ports.ts";

interface Loops {
  /** @throws ReefFault not-found */
  stateOf(loopId: LoopId): LoopState;
  onStateChange(listener: (loopId: LoopId) => void): Cancel;
}

/**
 * How long after a start a loop that warns of nothing may just not know yet, ms: a heater that cannot keep up shows after
 * half an hour. An alarm that stood before holds until then.
 */
const SETTLES_MS = { slow: 1_800_000, quick: 120_000 };

/** What loops warn of: a heater that cannot keep up, an empty container, a rule's own words. */
export class LoopWarnings implements AlarmSource {
  readonly kinds: readonly AlarmKind[] = ["loop-warning"];
  readonly #loops: Loops;
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  readonly #unsettled = new Set<LoopId>();

  constructor(loops: Loops, clock: Clock) {
    this.#loops = loops;
    this.#clock = clock;
    this.#startedAtMs = clock.monotonicMs();
  }

  signalOf({ loopId }: AlarmDefinition): Signal | null {
    if (loopId === null) return null;
    const said = this.#saidBy(loopId);
    if (said.warnings.length > 0 || this.#clock.monotonicMs() - this.#startedAtMs >= said.settlesMs) {
      return signalOfCauses(said.warnings);
    }
    this.#unsettled.add(loopId);
    return UNKNOWN;
  }

  onChange(listener: (subject: string) => void): Cancel {
    const settle = () => {
      for (const loopId of [...this.#unsettled]) {
        this.#unsettled.delete(loopId);
        listener(loopId);
      }
    };
    const cancels = [
      this.#loops.onStateChange(listener),
      after(this.#clock, SETTLES_MS.quick, settle),
      after(this.#clock, SETTLES_MS.slow, settle),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  /** One that safe mode holds back warns of nothing: safe mode speaks for it. */
  #saidBy(loopId: LoopId): { readonly warnings: readonly LoopWarning[]; readonly settlesMs: number } {
    try {
      const { type, warnings } = this.#loops.stateOf(loopId);
      return { warnings, settlesMs: type === "thermostat" ? SETTLES_MS.slow : SETTLES_MS.quick };
    } catch {
      return { warnings: [], settlesMs: SETTLES_MS.slow };
    }
  }
}
