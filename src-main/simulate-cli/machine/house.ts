import { SimulatedTankDriver } from "../../hardware/drivers/simulated-tank/driver.ts";
import { SimulatedTankParams } from "../../hardware/drivers/simulated-tank/params.ts";
import type { FaultRequest } from "../../hardware/simulated/faults.ts";
import type { SimulatedTank, TankTruth } from "../../hardware/simulated/simulated-tank.ts";
import type { OutputKey } from "../../hardware/simulated/tank-keys.ts";
import { VirtualClock } from "../../platform/virtual-clock.ts";
import { WallClock } from "./process-clock.ts";

export interface HouseSettings {
  readonly params: Record<string, unknown>;
  /** The instant it begins, epoch ms. */
  readonly startMs: number;
}

/** Nothing in the house is real, but the process that plays it must still hear its parent. */
const TIMERS_PER_TURN = 256;

/** The room with the tank in it: physics goes on here whoever controls it, and whether anybody does. */
export class House {
  readonly clock: VirtualClock;
  readonly wall: WallClock;
  readonly params: SimulatedTankParams;
  readonly tank: SimulatedTank;
  readonly #drivers = new Set<SimulatedTankDriver>();
  #faults: readonly FaultRequest[] = [];
  #hasMains = true;

  constructor({ params, startMs }: HouseSettings) {
    this.clock = new VirtualClock(startMs, TIMERS_PER_TURN);
    this.wall = new WallClock(this.clock);
    this.params = SimulatedTankParams.parse(params);
    this.tank = new SimulatedTankDriver(this.params, this.clock).tank;
    for (const key of ["circulation", "skimmer"] as const) this.tank.setOutput(key, 100);
  }

  get hasMains(): boolean {
    return this.#hasMains;
  }

  /** A controller's own access to the tank, from now on. */
  plugIn(): SimulatedTankDriver {
    const driver = new SimulatedTankDriver(this.params, this.clock, this.tank);
    this.#drivers.add(driver);
    return driver;
  }

  /** These mishaps join those at work. */
  strike(...faults: readonly FaultRequest[]): void {
    this.#setFaults([...this.#faults, ...faults]);
  }

  get faultNames(): readonly string[] {
    return this.#faults.map(({ name }) => name);
  }

  /** Mishaps of these names are over. */
  cure(...names: readonly string[]): void {
    if (names.length > 0) this.#setFaults(this.#faults.filter(({ name }) => !names.includes(name)));
  }

  setMains(hasMains: boolean): void {
    this.tank.advanceTo(this.clock.monotonicMs());
    this.#hasMains = hasMains;
    this.tank.setMains(hasMains);
  }

  /** What a plug is switched to, %: its word, which is not always what its load does. */
  levelOf(key: OutputKey): number {
    return this.tank.levelOf(key);
  }

  truth(): TankTruth {
    this.tank.advanceTo(this.clock.monotonicMs());
    return this.tank.truth();
  }

  #setFaults(faults: readonly FaultRequest[]): void {
    this.#faults = faults;
    this.tank.advanceTo(this.clock.monotonicMs());
    const params = { ...this.params, faults };
    this.tank.setFaults(faults);
    for (const driver of this.#drivers) driver.reconfigure(params);
  }
}
