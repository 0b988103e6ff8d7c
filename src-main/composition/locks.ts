import { tmpdir } from "node:os";
import { lockPath, OwnerLock } from "../platform/owner-lock.ts";
import type { Clock, Stoppable } from "../platform/ports.ts";

/** The locks one core holds: its data folder, and on real hardware the machine. */
export class Locks implements Stoppable {
  readonly #dataDir: string;
  readonly #clock: Clock;
  readonly #taken: OwnerLock[] = [];

  constructor(dataDir: string, clock: Clock) {
    this.#dataDir = dataDir;
    this.#clock = clock;
  }

  /** @throws ReefFault already-running, naming the owner */
  async takeData(): Promise<void> {
    await this.#take(await lockPath(this.#dataDir, "owner"), 0o600);
  }

  /** Before anything real is driven; every user of the machine may ask who does. @throws ReefFault already-running, naming the owner */
  async takeMachine(): Promise<void> {
    await this.#take(await lockPath(tmpdir(), "bellas-reef-hardware"), 0o666);
  }

  /** Where this core's API listens, for whoever probes. */
  announce(url: string): void {
    for (const lock of this.#taken) lock.announce(url);
  }

  async stop(): Promise<void> {
    for (const lock of this.#taken.splice(0).reverse()) await lock.stop();
  }

  async #take(path: string, mode: number): Promise<void> {
    const lock = new OwnerLock(path, this.#clock, mode);
    await lock.start();
    this.#taken.push(lock);
  }
}
