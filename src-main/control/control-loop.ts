import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId, LoopId, ModeId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type { OutputsService, OutputUse } from "../outputs/ports.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import type { ControlMemory } from "./ports.ts";

export interface LoopDeps {
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly outputs: Pick<OutputsService, "request" | "get"> &
    Partial<Pick<OutputsService, "onChange"> & OutputUse>;
  readonly clock: Clock;
  readonly log: Logger;
  /** A channel as it is configured now; null: there is none. */
  readonly channelOf: (channelId: ChannelId) => ChannelConfig | null;
  /** The tank's own zone, IANA. */
  readonly timeZone: () => string;
  /** What outlives a restart, one document a loop under `loop:<id>`. */
  readonly memory: ControlMemory;
  /** False where the time of day may be wrong: no doses then. */
  readonly isClockSynchronized: () => boolean;
  readonly modes: LoopModes;
  /** All the water that turns over, L; null: not said. */
  readonly systemVolumeL: () => number | null;
  /** Asks for a channel's readings this often, s, until it is taken back; null: nobody can, and they come as they come. */
  readonly hurry: (channelId: ChannelId, intervalS: number) => Cancel | null;
  /** When the program started, monotonic ms. */
  readonly startedAtMs: number;
  /** Every loop of the tank, this one too, as they are configured now. */
  readonly peers: () => readonly LoopConfig[];
}

/** Modes, as loops see them. */
export interface LoopModes {
  /** The kinds of the modes that are on; one whose outputs are on their way back is over. */
  activeModeKinds(): readonly ModeKind[];
  /** It is on, and not on its way back. */
  isOn(modeId: ModeId): boolean;
  /** @throws ReefFault not-found where there is no such mode */
  start(modeId: ModeId, by: string): void;
}

/** One loop at work. It decides on every reading of its inputs and once a second, and says what it wants of its outputs. */
export interface ControlLoop<C extends LoopConfig = LoopConfig> {
  readonly id: LoopId;
  readonly type: C["type"];
  /** The channels whose readings it decides on. */
  readonly inputChannelIds: readonly ChannelId[];
  /** Goes on with other settings from where it is: what runs keeps running until the new settings say otherwise. */
  reconfigure(config: C): void;
  /** Decides by what its inputs say now. @returns whether what it does, or why, is another than before */
  decide(): boolean;
  /** Lets go of the outputs that the next configuration no longer drives, and of all where it is `null`. */
  letGo(next: C | null): void;
  /** What it doses from is full again; left out: it doses from nothing. @throws ReefFault conflict: nothing to watch */
  refill?(): Promise<unknown>;
  state(): LoopState;
}
