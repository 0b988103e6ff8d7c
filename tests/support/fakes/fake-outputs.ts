import { ReefFault } from "#contract/errors.ts";
import type { EmergencyStopState, Output, OverrideRequest } from "#contract/outputs.ts";
import type { OutputsService } from "#main/outputs/ports.ts";

/** Outputs that do as they are told, and remember by whom; `refusal` is thrown by every override. */
export class FakeOutputs implements OutputsService {
  outputs: Output[] = [];
  readonly actors: string[] = [];
  readonly listeners = new Set<(output: Output) => void>();
  readonly stopListeners = new Set<(state: EmergencyStopState) => void>();
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
    return this.#becomeStop({ isActive: true, since: "2026-01-01T00:00:00.000Z", by });
  }

  async releaseEmergencyStop(): Promise<EmergencyStopState> {
    return this.#becomeStop({ isActive: false, since: null, by: null });
  }

  onEmergencyStopChange(listener: (state: EmergencyStopState) => void): () => void {
    this.stopListeners.add(listener);
    return () => this.stopListeners.delete(listener);
  }

  #becomeStop(state: EmergencyStopState): EmergencyStopState {
    this.#stop = state;
    for (const listener of this.stopListeners) listener(state);
    return state;
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
