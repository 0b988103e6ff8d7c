import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { EmergencyStopState, Output, OutputOwner, OverrideRequest } from "#contract/outputs.ts";
import type { Cancel } from "../platform/ports.ts";

/** Who asked, for the record: a username, or the part of the core that did. */
export type Actor = string;

/** What drives one output: bound to a device's driver by composition. Both may reject with a ReefFault, or hang. */
export interface Actuator {
  write(levelPct: number, signal: AbortSignal): Promise<void>;
  /** null: the device cannot say. */
  readBack(signal: AbortSignal): Promise<number | null>;
}

/** Why a claimant wants a level: a stable code and one sentence. */
export interface Wish {
  readonly levelPct: number;
  readonly code: string;
  readonly text: string;
  /** True: a protection asks, so that the shortest time on does not hold it. */
  readonly isUrgent?: boolean;
}

export interface OutputsService {
  list(): readonly Output[];
  /** @throws ReefFault not-found */
  get(channelId: ChannelId): Output;
  /** Takes an output under the arbiter. Drives it to its power-up state first. Again with a new config: updated in place, bumpless. */
  register(channel: ChannelConfig, actuator: Actuator): Promise<void>;
  /** Lets go of an output; drives it to its safe state first where it can. */
  unregister(channelId: ChannelId): Promise<void>;
  /** Its device cannot be reached (actual becomes unknown), or can again (the wanted state is asserted anew). */
  setReachable(channelId: ChannelId, isReachable: boolean): void;
  /**
   * The one automatic claimant's wish for an output, re-decided whenever it says so; null: no wish any more.
   * @throws ReefFault conflict when another claimant holds it; interlocked when its role is generic
   */
  request(channelId: ChannelId, claimant: string, wish: Wish | null): void;
  /** @throws ReefFault not-found, invalid (a switch takes 0 or 100), interlocked, emergency-stopped, device-unreachable */
  override(channelId: ChannelId, request: OverrideRequest, by: Actor): Promise<Output>;
  /** @throws ReefFault not-found */
  clearOverride(channelId: ChannelId, by: Actor): Promise<Output>;
  /** Clears latched faults. @throws ReefFault not-found, conflict when nothing is latched */
  reset(channelId: ChannelId, by: Actor): Promise<Output>;
  emergencyStop(): EmergencyStopState;
  /** Every output to its emergency state, first of all; resolves when each was commanded or failed (at most 1 s). */
  engageEmergencyStop(by: Actor): Promise<EmergencyStopState>;
  releaseEmergencyStop(by: Actor): Promise<EmergencyStopState>;
  /** It was engaged or released: told after the outputs were commanded. */
  onEmergencyStopChange(listener: (state: EmergencyStopState) => void): Cancel;
  /** Every change of any output. */
  onChange(listener: (output: Output) => void): Cancel;
}

/** What happened to an output, for the record. */
export interface OutputEvent {
  readonly channelId: ChannelId;
  readonly atMs: number;
  readonly kind: "commanded" | "confirmed" | "confirm-failed" | "owner" | "fault" | "reset" | "safe-state";
  readonly levelPct: number | null;
  readonly owner: OutputOwner;
  readonly reasonCode: string;
  readonly reasonText: string;
  readonly by: Actor | null;
}

/** Takes events at once and never blocks: the journal queues them. */
export interface OutputEventSink {
  append(event: OutputEvent): void;
}

/** One time on of a capped output (top-off, doser, a longest time on): recorded before it begins. */
export interface OutputRun {
  readonly channelId: ChannelId;
  readonly startAtMs: number;
  /** How long it may last; null: nothing but its claimant ends it. */
  readonly plannedS: number | null;
  readonly deadlineAtMs: number | null;
}

/** What must outlive a power cut, one per output. */
export interface PersistedOutput {
  readonly channelId: ChannelId;
  /** Latched faults, as they were. */
  readonly faults: Output["faults"];
  readonly lastOnAtMs: number | null;
  readonly lastOffAtMs: number | null;
  readonly override: { readonly levelPct: number; readonly untilMs: number; readonly by: Actor } | null;
  /** The run that was on when this was kept; one of `faults` says so too, so that it counts as spent after a crash. */
  readonly openRun?: OutputRun | null;
  /** When this was kept, wall, epoch ms: downtime counts only where the clock is later. */
  readonly savedAtMs?: number;
}

export interface PersistedOutputs {
  readonly emergencyStop: EmergencyStopState;
  readonly outputs: readonly PersistedOutput[];
}

/** Durable and local: written without Postgres. Saving may take long or fail; control never waits for it. */
export interface OutputStateStore {
  load(): Promise<PersistedOutputs>;
  saveEmergencyStop(state: EmergencyStopState): Promise<void>;
  saveOutput(output: PersistedOutput): Promise<void>;
}

/** A condition that must hold for an output to be on; it hears the readings bus itself. */
export interface Interlock {
  readonly channelId: ChannelId;
  /** null: it holds; else why not. */
  blocked(): { readonly code: string; readonly text: string } | null;
  /** Calls back when the answer may have changed; without it, or besides, it is asked every second. */
  onChange?(listener: () => void): Cancel;
}
