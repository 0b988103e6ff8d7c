import type { ChannelSpec, DeviceDriver, Sample } from "../../hardware/ports.ts";
import type { ProcessClock } from "./process-clock.ts";

/** A driver in a process that may die: nothing a dead process began reaches the tank, and nothing comes back to it. */
export class MortalDriver implements DeviceDriver {
  readonly timeoutMs: number;
  readonly #driver: DeviceDriver;
  readonly #clock: ProcessClock;

  constructor(driver: DeviceDriver, clock: ProcessClock) {
    this.#driver = driver;
    this.#clock = clock;
    this.timeoutMs = driver.timeoutMs;
  }

  open(signal: AbortSignal): Promise<readonly ChannelSpec[]> {
    return this.#alive(() => this.#driver.open(signal));
  }

  sample(keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>> {
    return this.#alive(() => this.#driver.sample(keys, signal));
  }

  write(key: string, levelPct: number, signal: AbortSignal): Promise<void> {
    return this.#alive(async () => this.#driver.write?.(key, levelPct, signal));
  }

  readBack(key: string, signal: AbortSignal): Promise<number | null> {
    return this.#alive(async () => (await this.#driver.readBack?.(key, signal)) ?? null);
  }

  close(): Promise<void> {
    return this.#alive(() => this.#driver.close());
  }

  #alive<T>(call: () => Promise<T>): Promise<T> {
    return this.#clock.isAlive ? call() : new Promise<never>(() => undefined);
  }
}
