import { SimulatedTankDriver } from "#main/hardware/drivers/simulated-tank/driver.ts";
import { SimulatedTankParams } from "#main/hardware/drivers/simulated-tank/params.ts";
import type { Sample } from "#main/hardware/ports.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

/** Nine in the morning, UTC. */
const START_MS = Date.UTC(2026, 5, 1, 9);

/** A simulated tank with hands on its plugs and a clock of its own. */
export class TankBench {
  readonly clock: VirtualClock;
  readonly driver: SimulatedTankDriver;
  readonly #params: Record<string, unknown>;

  constructor(params: Record<string, unknown> = {}, startMs = START_MS) {
    this.clock = new VirtualClock(startMs);
    this.#params = params;
    this.driver = new SimulatedTankDriver(SimulatedTankParams.parse(params), this.clock);
  }

  async switchOn(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.driver.write(key, 100);
  }

  async switchOff(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.driver.write(key, 0);
  }

  async pass(s: number): Promise<void> {
    await this.clock.advance(s * 1_000);
    this.driver.tank.advanceTo(this.clock.monotonicMs());
  }

  truth() {
    return this.driver.tank.truth();
  }

  async sample(key: string): Promise<Sample | undefined> {
    return (await this.driver.sample([key])).get(key);
  }

  /** @throws Error where the channel has no value */
  async value(key: string): Promise<number> {
    const sample = await this.sample(key);
    if (sample !== undefined && "value" in sample) return sample.value;
    throw new Error(`${key} has no value: ${sample?.message ?? "no answer"}`);
  }

  /** Gives it these mishaps and no others, as a PATCH of the device does. */
  strike(...faults: readonly unknown[]): void {
    if (!this.driver.reconfigure({ ...this.#params, faults }))
      throw new Error("the tank did not take these faults");
  }
}
