import type { DeviceDriver } from "../../hardware/ports.ts";
import type { Cancel } from "../../platform/ports.ts";
import { every } from "../../platform/timing.ts";
import type { House } from "../machine/house.ts";
import { ProcessClock } from "../machine/process-clock.ts";
import type { Contestant } from "./contestant.ts";

const NEVER = new AbortController().signal;

/** What a reference may do with the tank: read a sensor, switch a plug. A plug that does not answer misses its command. */
export interface Hands {
  readonly house: House;
  readonly clock: ProcessClock;
  /** null: no number came back. */
  read(key: string): Promise<number | null>;
  switchTo(key: string, isOn: boolean): Promise<void>;
  /** A message to its keeper. */
  tell(): void;
}

/** A control law: set up at every start of its process, then asked every `periodS`. */
export interface ControlLaw {
  readonly name: string;
  readonly periodS: number;
  /** @returns what is done every period; what it remembers is lost with the process */
  begin(hands: Hands): () => Promise<void>;
}

/** A control law in a process of its own, with nothing kept. */
export class Reference implements Contestant {
  readonly name: string;
  readonly #law: ControlLaw;
  readonly #house: House;
  #clock: ProcessClock | null = null;
  #cancel: Cancel = () => undefined;
  readonly #toldAtMs: number[] = [];

  constructor(law: ControlLaw, house: House) {
    this.name = law.name;
    this.#law = law;
    this.#house = house;
  }

  get isRunning(): boolean {
    return this.#clock !== null;
  }

  async start(): Promise<void> {
    const clock = new ProcessClock(this.#house.clock, this.#house.wall);
    this.#clock = clock;
    const hands = {
      ...handsOn(this.#house, clock),
      tell: () => this.#toldAtMs.push(this.#house.clock.monotonicMs()),
    };
    for (const key of ["heater", "top-off", "doser-alkalinity"]) await hands.switchTo(key, false);
    await hands.switchTo("return-pump", true);
    const decide = this.#law.begin(hands);
    let isBusy = false;
    this.#cancel = every(clock, this.#law.periodS * 1_000, () => {
      if (isBusy) return;
      isBusy = true;
      void decide().finally(() => {
        isBusy = false;
      });
    });
  }

  kill(): void {
    this.#cancel();
    this.#clock?.end();
    this.#clock = null;
  }

  block(): void {
    this.#clock?.block();
  }

  unblock(): void {
    this.#clock?.unblock();
  }

  toldSinceMs(sinceMs: number): number | null {
    return this.#toldAtMs.find((atMs) => atMs >= sinceMs) ?? null;
  }

  async resetLatches(): Promise<void> {}
  setDiskFull(): void {}
  setPostgres(): void {}
  async startTwice(): Promise<void> {}
}

function handsOn(house: House, clock: ProcessClock): Omit<Hands, "tell"> {
  const driver: DeviceDriver = house.plugIn();
  return {
    house,
    clock,
    read: async (key) => {
      const answers = await driver.sample([key], NEVER).catch(() => null);
      const sample = answers?.get(key);
      return sample !== undefined && "value" in sample ? sample.value : null;
    },
    switchTo: async (key, isOn) => {
      if (!clock.isAlive) return;
      await driver.write?.(key, isOn ? 100 : 0, NEVER).catch(() => undefined);
    },
  };
}
