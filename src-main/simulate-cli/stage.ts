import type { FaultRequest } from "../hardware/simulated/faults.ts";
import { uniformAt } from "../hardware/simulated/seeded-noise.ts";
import type { Contestant } from "./contestants/contestant.ts";
import type { House } from "./machine/house.ts";

/** A machine that boots, and a program that starts, after the power came back. */
const BOOT_S = 25;
/** Less than a dose takes. */
const LOOKS_EVERY_S = 2;
const LUCK_STREAM = 4_711;

/** Where a scenario plays: a house, whoever controls it, and the hand of fate. */
export class Stage {
  readonly house: House;
  readonly contestant: Contestant;
  readonly #seed: number;
  readonly #endsAtMs: number;
  #draws = 0;
  /** When the first fault struck, monotonic; null: not yet. */
  struckAtMs: number | null = null;

  constructor(house: House, contestant: Contestant, { seed, lastsS }: { seed: number; lastsS: number }) {
    this.house = house;
    this.contestant = contestant;
    this.#seed = seed;
    this.#endsAtMs = lastsS * 1_000;
  }

  get leftS(): number {
    return Math.max(0, (this.#endsAtMs - this.house.clock.monotonicMs()) / 1_000);
  }

  /** Lets time pass, but never beyond the scenario's end. */
  async pass(s: number): Promise<void> {
    await this.house.clock.advance(Math.min(s, this.leftS) * 1_000);
  }

  /** @returns whether it came true in time */
  async until(isTrue: () => boolean, withinS: number): Promise<boolean> {
    const untilS = this.leftS - withinS;
    while (!isTrue() && this.leftS > Math.max(untilS, 0)) await this.pass(LOOKS_EVERY_S);
    return isTrue();
  }

  /** These mishaps begin now. */
  strike(...faults: readonly FaultRequest[]): void {
    this.begin();
    this.house.strike(...faults);
  }

  /** Whatever the scenario does begins now. */
  begin(): void {
    this.struckAtMs ??= this.house.clock.monotonicMs();
  }

  /** Everything is without power for so long; the controller boots when it is back. */
  async powerCut(s: number): Promise<void> {
    this.begin();
    this.house.setMains(false);
    this.contestant.kill();
    await this.pass(s);
    this.house.setMains(true);
    await this.boot();
  }

  /** Its process is killed and the supervisor starts it again. */
  async crash(restartS: number): Promise<void> {
    this.begin();
    this.contestant.kill();
    await this.pass(restartS);
    await this.contestant.start();
  }

  async boot(): Promise<void> {
    await this.pass(BOOT_S);
    await this.contestant.start();
  }

  /** The scenario's own luck, seeded: evenly spread in [0, 1). */
  luck(): number {
    return uniformAt({ seed: this.#seed, stream: LUCK_STREAM }, this.#draws++);
  }
}
