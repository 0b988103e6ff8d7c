import { access } from "node:fs/promises";
import type { Cancel, Clock, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";

const PERIOD_MS = 5_000;
/** Where systemd-timesyncd works it has this folder, and touches a file in it whenever it set the clock. */
const TIMESYNC = "/run/systemd/timesync";
/** No copy of this program is older: a clock that says so lost its battery. */
const FLOOR_MS = Date.UTC(2026, 0, 1);

interface ClockSyncDeps {
  readonly clock: Clock;
  /** Whether this file or folder is there; left out: the machine's own. */
  readonly exists?: (path: string) => Promise<boolean>;
}

/**
 * Whether the time of day can be trusted. A Pi has no clock of its own: from power-on until the network answered, it
 * shows whatever it showed when it went off. A machine whose clock nobody minds is believed unless it says what cannot be.
 */
export class ClockSync implements Stoppable {
  readonly #clock: Clock;
  readonly #exists: (path: string) => Promise<boolean>;
  #isMinded = true;
  #cancel: Cancel = () => undefined;

  constructor({ clock, exists = isThere }: ClockSyncDeps) {
    this.#clock = clock;
    this.#exists = exists;
  }

  /** Looks once, and every 5 s from now on. Never rejects. */
  async start(): Promise<void> {
    this.#cancel = every(this.#clock, PERIOD_MS, () => void this.#look());
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#cancel();
  }

  isSynchronized(): boolean {
    return this.#isMinded && this.#clock.nowMs() >= FLOOR_MS;
  }

  async #look(): Promise<void> {
    this.#isMinded = !(await this.#exists(TIMESYNC)) || (await this.#exists(`${TIMESYNC}/synchronized`));
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
