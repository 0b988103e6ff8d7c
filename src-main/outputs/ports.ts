import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type {
  EmergencyStopState,
  Output,
  OutputFault,
  OutputOwner,
  OverrideRequest,
  UsualCondition,
} from "#contract/outputs.ts";
import type { KeptCycles } from "#domain/outputs/cycle-meter.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import type { KeptUse, Use } from "#domain/outputs/use-meter.ts";
import type { Cancel } from "../platform/ports.ts";

/** Who asked, for the record: a username, or the part of the core that did. */
export type Actor = string;

/** What drives one output: bound to a device's driver by composition. Both may reject with a ReefFault, or hang. */
export interface Actuator {
  /** @param leaseS the device drops this ON by itself unless it is told again within so long; given where `canLease` */
  write(levelPct: number, signal: AbortSignal, leaseS?: number): Promise<void>;
  /** null: the device cannot say. */
  readBack(signal: AbortSignal): Promise<number | null>;
  /** True where the device can drop an ON by itself; left out: it cannot. */
  canLease?(): boolean;
}

/** Why a claimant wants a level: a stable code and one sentence. */
export interface Wish {
  readonly levelPct: number;
  readonly code: string;
  readonly text: string;
  /** True: a protection asks, so that the shortest time on does not hold it. */
  readonly isUrgent?: boolean;
  /**
   * How long this on is planned to last, s: a dose; for a top-off its longest, twice the learned fill. The claimant ends
   * it; the arbiter's own timer stands behind it and latches: planned + 10 % (at least 1 s) for a doser, else planned.
   */
  readonly forS?: number;
  /** When it ends by itself, wall, epoch ms, as far as the claimant knows: told, and nothing else. */
  readonly untilMs?: number;
  /** True: a demand that ends where a hand, or a mode somebody started, wants it off. Left out: it stands above both. */
  readonly yieldsToOff?: boolean;
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
  /** Clears latched faults. @throws ReefFault not-found, conflict when nothing is latched or its cause is seen to stand */
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
  /** What that makes of a pump whose flow is known, mL. */
  readonly plannedMl?: number | null;
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
  /** When this was kept, wall, epoch ms: downtime counts only where the clock is later. null: nobody knew the time. */
  readonly savedAtMs?: number | null;
  /** What it spent of its rolling budgets, and in all. */
  readonly use?: KeptUse;
  /** How often it was switched on. */
  readonly cycles?: KeptCycles;
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
  /** What must hold, in words, for the list of conditions; left out: it is told only where it does not hold. */
  readonly condition?: string;
  /** What outputs of its role usually have and this one has not; left out: nothing is missing. */
  readonly absent?: readonly UsualCondition[];
  /** null: it holds; else why not. */
  blocked(): { readonly code: string; readonly text: string } | null;
  /** What it allows of one run and of all of them, whoever asks; narrower than what is set, never wider. */
  limits?(): RunLimits;
  /** Why a latched fault with this code cannot be reset yet: its cause is seen to stand. null: not seen. */
  standing?(faultCode: string): string | null;
  /** Calls back when the answer may have changed; without it, or besides, it is asked every second. */
  onChange?(listener: () => void): Cancel;
}

/** What a protection may do to an output besides keeping it off. Both are told after the commands are out. */
export interface Protector {
  /** A fault that was found from outside the output; one that stands already stays as it was. */
  raiseFault(channelId: ChannelId, fault: Omit<OutputFault, "since">): void;
  /** A fault that is not latched is over. */
  clearFault(channelId: ChannelId, code: string): void;
  /** It must be on; only an emergency stop and its own interlocks stand above, unless the wish yields. null: no more. */
  demand(channelId: ChannelId, code: string, wish: Wish | null): void;
}

/** Since when an output is known, by its device's own word, to be as it is, ms; null: it is not so, or nobody knows. */
export interface OutputStates {
  confirmedOnForMs(channelId: ChannelId): number | null;
  /** Over restarts too; infinite where it was never on as far as is known. */
  confirmedOffForMs(channelId: ChannelId): number | null;
  /** A person holds it off: an override, or a switch at its device that is left so. */
  isOffByHand(channelId: ChannelId): boolean;
}

/** What was pumped or spent, for loops that account for it. */
export interface OutputUse {
  /** In the last `windowS` (at most a day), and since the output was first seen. @throws ReefFault not-found */
  useOf(channelId: ChannelId, windowS: number): { readonly window: Use; readonly total: Use };
}

/** Which modes are on, whoever runs them. */
export interface ActiveModes {
  activeModeKinds(): readonly ModeKind[];
  onChange(listener: () => void): Cancel;
}

/** What control learned of the equipment, as far as the guards need it. null: not learned yet. */
export interface LearnedFigures {
  /** How long a top-off ran in 24 h, s: the median of the last 7 days. */
  topOffSPerDay(pumpChannelId: ChannelId): number | null;
  /** How long one fill takes, s, median. */
  topOffFillS(pumpChannelId: ChannelId): number | null;
  /** A heater's share of this hour of the day, %: the median of the last 7 days. */
  heaterDutyPct(heaterChannelId: ChannelId): number | null;
}

/** Whether the program keeps to life support, after crashing again and again. */
export interface SafeModeState {
  isActive(): boolean;
  onChange(listener: () => void): Cancel;
}

/** The starts of this program that no clean stop preceded, kept where no database is needed. */
export interface StartLogStore {
  loadStarts(): Promise<StartLog | null>;
  saveStarts(log: StartLog): Promise<void>;
}

export interface StartLog {
  /** True where the program ended by itself: the next start follows no crash. */
  readonly isStopped: boolean;
  /** Wall, epoch ms: starts that followed a crash, newest last. */
  readonly crashesAtMs: readonly number[];
  /** Since when safe mode holds, wall, epoch ms; null: it does not. */
  readonly safeSinceMs: number | null;
}
