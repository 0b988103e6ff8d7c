import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import type { OutputStateStore, PersistedOutput, PersistedOutputs } from "#main/outputs/ports.ts";

const FULL = new ReefFault("store-full", "The local store is full.");

/** A local store in memory, which can hang or fail. What it kept outlives the arbiter that kept it. */
export class FakeOutputStateStore implements OutputStateStore {
  mood: "well" | "hanging" | "failing" = "well";
  saves = 0;
  emergencyStop: EmergencyStopState = { isActive: false, since: null, by: null };
  readonly outputs = new Map<ChannelId, PersistedOutput>();
  readonly #hung: { readonly go: () => void; readonly fail: (fault: ReefFault) => void }[] = [];

  async load(): Promise<PersistedOutputs> {
    await this.#meet();
    return { emergencyStop: this.emergencyStop, outputs: [...this.outputs.values()] };
  }

  async saveEmergencyStop(state: EmergencyStopState): Promise<void> {
    await this.#meet();
    this.saves += 1;
    this.emergencyStop = state;
  }

  async saveOutput(output: PersistedOutput): Promise<void> {
    await this.#meet();
    this.saves += 1;
    this.outputs.set(output.channelId, output);
  }

  /** What hung never arrives: its program was killed. */
  forgetHung(): void {
    this.#hung.length = 0;
  }

  /** Answers again, what hung included. */
  recover(): void {
    this.mood = "well";
    for (const { go } of this.#hung.splice(0)) go();
  }

  /** What hung fails in the end. */
  failHung(): void {
    this.mood = "failing";
    for (const { fail } of this.#hung.splice(0)) fail(FULL);
  }

  async #meet(): Promise<void> {
    if (this.mood === "failing") throw FULL;
    if (this.mood === "hanging") await new Promise<void>((go, fail) => this.#hung.push({ go, fail }));
  }
}
