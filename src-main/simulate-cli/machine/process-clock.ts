import type { Cancel, Clock } from "../../platform/ports.ts";
import type { VirtualClock } from "../../platform/virtual-clock.ts";

/**
 * The clock as one run of a controller's process has it: its monotonic scale begins with the process, its timers die
 * with it, and nothing of it runs while its event loop is blocked. The wall's clock is the machine's, which may be wrong.
 */
export class ProcessClock implements Clock {
  readonly #house: VirtualClock;
  readonly #wall: WallClock;
  readonly #bootedAtMs: number;
  #waiting: (() => void)[] | null = null;
  #isAlive = true;

  constructor(house: VirtualClock, wall: WallClock) {
    this.#house = house;
    this.#wall = wall;
    this.#bootedAtMs = house.monotonicMs();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  nowMs(): number {
    return this.#wall.nowMs();
  }

  monotonicMs(): number {
    return this.#house.monotonicMs() - this.#bootedAtMs;
  }

  at(atMonotonicMs: number, run: () => void): Cancel {
    let isWanted = true;
    const cancel = this.#house.at(atMonotonicMs + this.#bootedAtMs, () => {
      if (this.#waiting === null) this.#run(run);
      else
        this.#waiting.push(() => {
          if (isWanted) this.#run(run);
        });
    });
    return () => {
      isWanted = false;
      cancel();
    };
  }

  /** The event loop hangs: what falls due waits. */
  block(): void {
    this.#waiting ??= [];
  }

  /** It goes on: all that fell due meanwhile runs late. */
  unblock(): void {
    const late = this.#waiting ?? [];
    this.#waiting = null;
    for (const run of late) run();
  }

  /** The process ends without a word. */
  end(): void {
    this.#isAlive = false;
    this.#waiting = null;
  }

  #run(run: () => void): void {
    if (this.#isAlive) run();
  }
}

/** The controller's idea of the date: right but for what a dead battery, a person or NTP does to it. */
export class WallClock {
  readonly #house: VirtualClock;
  #offByMs = 0;
  #isSynchronized = true;

  constructor(house: VirtualClock) {
    this.#house = house;
  }

  nowMs(): number {
    return this.#house.nowMs() + this.#offByMs;
  }

  /** Somebody sets it, or NTP does: it is believed. */
  step(byMs: number): void {
    this.#offByMs += byMs;
  }

  /** It starts without a battery, at some moment of the past, and knows that it does not know. */
  lose(byMs: number): void {
    this.#offByMs -= byMs;
    this.#isSynchronized = false;
  }

  /** NTP puts it right. */
  synchronize(): void {
    this.#offByMs = 0;
    this.#isSynchronized = true;
  }

  get isSynchronized(): boolean {
    return this.#isSynchronized;
  }
}
