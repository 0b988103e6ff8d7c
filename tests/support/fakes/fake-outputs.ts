import { ReefFault } from "#contract/errors.ts";
import type { EmergencyStopState, Output, OverrideRequest } from "#contract/outputs.ts";
import type { OutputsService } from "#main/outputs/ports.ts";

/** Outputs that do as they are told, and remember by whom; `refusal` is thrown by every override. */
export class FakeOutputs implements OutputsService {
  outputs: Output[] = [];
  readonly actors: string[] = [];
  readonly listeners = new Set<(output: Output) => void>();
  refusal: Error | null = null;
  #stop: EmergencyStopState = { isActive: false, since: null, by: null };

  list(): readonly Output[] {
    return this.outputs;
  }

  get(channelId: string): Output {
    const output = this.outputs.find((candidate) => candidate.channelId === channelId);
    if (output === undefined) throw new ReefFault("not-found", "There is no such output");
    return output;
  }

  async register(): Promise<void> {}
  async unregister(): Promise<void> {}
  setReachable(): void {}
  request(): void {}

  async override(channelId: string, request: OverrideRequest, by: string): Promise<Output> {
    const output = this.get(channelId);
    if (this.refusal !== null) throw this.refusal;
    this.actors.push(by);
    return this.change({ ...output, requested: request.level, owner: "manual" });
  }

  async clearOverride(channelId: string, by: string): Promise<Output> {
    this.actors.push(by);
    return this.change({ ...this.get(channelId), owner: "none" });
  }

  async reset(channelId: string): Promise<Output> {
    this.get(channelId);
    throw new ReefFault("conflict", "Nothing is latched");
  }

  emergencyStop(): EmergencyStopState {
    return this.#stop;
  }

  async engageEmergencyStop(by: string): Promise<EmergencyStopState> {
    this.#stop = { isActive: true, since: "2026-01-01T00:00:00.000Z", by };
    return this.#stop;
  }

  async releaseEmergencyStop(): Promise<EmergencyStopState> {
    this.#stop = { isActive: false, since: null, by: null };
    return this.#stop;
  }

  onChange(listener: (output: Output) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(output: Output): Output {
    this.outputs = this.outputs.map((other) => (other.channelId === output.channelId ? output : other));
    for (const listener of this.listeners) listener(output);
    return output;
  }
}
