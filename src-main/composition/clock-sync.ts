import type { Cancel, Clock, Stoppable } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import { askClockMinders, type ClockWord, type Machine, THIS_MACHINE } from "./clock-minders.ts";

/** While somebody is about to set the clock it is looked at so often, ms; where nobody minds it, so rarely. */
const SOON_MS = 5_000;
const SELDOM_MS = 60_000;
/** No copy of this program is older: a clock that says so lost its battery. */
const FLOOR_MS = Date.UTC(2026, 0, 1);

interface ClockSyncDeps {
  readonly clock: Clock;
  /** Left out: the one this runs on. */
  readonly machine?: Machine;
}

/**
 * Whether the time of day can be trusted. A Pi has no clock of its own: from power-on until the network answered, it
 * shows whatever it showed when it went off. Once it was set it is right to the second for weeks, network or not. A
 * machine whose clock nobody minds is believed unless it says what cannot be.
 */
export class ClockSync implements Stoppable {
  readonly #clock: Clock;
  readonly #machine: Machine;
  #word: ClockWord = "unset";
  #isStopped = false;
  #cancel: Cancel = () => undefined;

  constructor({ clock, machine = THIS_MACHINE }: ClockSyncDeps) {
    this.#clock = clock;
    this.#machine = machine;
  }

  /** Asks once, and from now on until the clock is known to be set. Never rejects. */
  async start(): Promise<void> {
    this.#word = await askClockMinders(this.#machine);
    if (this.#word === "set" || this.#isStopped) return;
    const inMs = this.#word === "nobody" ? SELDOM_MS : SOON_MS;
    this.#cancel = after(this.#clock, inMs, () => void this.start());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
  }

  isSynchronized(): boolean {
    return this.#word !== "unset" && this.#clock.nowMs() >= FLOOR_MS;
  }
}
