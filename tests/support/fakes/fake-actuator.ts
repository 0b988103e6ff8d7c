import { ReefFault } from "#contract/errors.ts";
import type { Actuator } from "#main/outputs/ports.ts";

/** How a device meets a call: answers, refuses, never answers, or says yes and does nothing. */
export type ActuatorMood = "well" | "refusing" | "hanging" | "lying";

/** A relay or lamp that can misbehave. `levelPct` is what it really does. */
export class FakeActuator implements Actuator {
  levelPct: number;
  writeMood: ActuatorMood = "well";
  readMood: Exclude<ActuatorMood, "lying"> = "well";
  /** It cannot say what it does. */
  isBlind = false;
  /** Every level it was told, hung and refused ones too. */
  readonly told: number[] = [];
  /** With what lease each of those came, s; undefined: without one. */
  readonly leasesS: (number | undefined)[] = [];
  /** It can drop an ON by itself; here it only notes how long it may stand. */
  hasLease = false;
  /** Calls of `readBack`. */
  reads = 0;
  readonly #onWrite: (levelPct: number) => void;
  readonly #hung: (() => void)[] = [];

  constructor(levelPct = 0, onWrite: (levelPct: number) => void = () => undefined) {
    this.levelPct = levelPct;
    this.#onWrite = onWrite;
  }

  /** Somebody presses its button. */
  toggleByHand(levelPct: number): void {
    this.levelPct = levelPct;
  }

  /** What hung arrives after all, late, in the order it was sent. */
  releaseHung(): void {
    for (const arrive of this.#hung.splice(0)) arrive();
  }

  canLease(): boolean {
    return this.hasLease;
  }

  async write(levelPct: number, _signal?: AbortSignal, leaseS?: number): Promise<void> {
    this.told.push(levelPct);
    this.leasesS.push(leaseS);
    this.#onWrite(levelPct);
    if (this.writeMood === "refusing") throw new ReefFault("device-unreachable", "The plug does not answer.");
    if (this.writeMood === "hanging") await new Promise<void>((resolve) => this.#hung.push(resolve));
    if (this.writeMood !== "lying") this.levelPct = levelPct;
  }

  async readBack(): Promise<number | null> {
    this.reads += 1;
    if (this.readMood === "refusing") throw new ReefFault("bus-io", "The plug answers nonsense.");
    if (this.readMood === "hanging") await new Promise<void>(() => undefined);
    return this.isBlind ? null : this.levelPct;
  }
}
