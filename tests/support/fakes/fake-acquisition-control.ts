import type { AcquisitionState } from "#contract/system.ts";
import type { AcquisitionControl } from "#main/api/context.ts";

export class FakeAcquisitionControl implements AcquisitionControl {
  #isRunning = true;

  state(): AcquisitionState {
    return { isRunning: this.#isRunning, pollers: [] };
  }

  async start(): Promise<void> {
    this.#isRunning = true;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
  }
}
