import { create } from "zustand";
import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import type { Loop } from "#contract/loops.ts";
import type { ActiveMode, ModeConfig } from "#contract/modes.ts";
import type { EmergencyStopState, Output } from "#contract/outputs.ts";
import type { LiveReading } from "#contract/readings.ts";
import type { TankSettings } from "#contract/settings.ts";
import type { Health, SafeMode, SystemInfo } from "#contract/system.ts";

/** What the core says is so, mirrored; nothing here is ever guessed. */
export interface TankState {
  readonly readings: ReadonlyMap<string, LiveReading>;
  readonly outputs: ReadonlyMap<string, Output>;
  readonly devices: ReadonlyMap<string, Device>;
  readonly loops: ReadonlyMap<string, Loop>;
  readonly modes: ReadonlyMap<string, ModeConfig>;
  /** The mode that is on, or whose outputs are on their way back; null: none, or not yet told. */
  readonly activeMode: ActiveMode | null;
  /** null: not yet told. */
  readonly health: Health | null;
  readonly emergencyStop: EmergencyStopState | null;
  /** null: it does not hold, or is not yet told. */
  readonly safeMode: SafeMode | null;
  readonly settings: TankSettings | null;
  readonly info: SystemInfo | null;
}

export const NOTHING_KNOWN: TankState = {
  readings: new Map(),
  outputs: new Map(),
  devices: new Map(),
  loops: new Map(),
  modes: new Map(),
  activeMode: null,
  health: null,
  emergencyStop: null,
  safeMode: null,
  settings: null,
  info: null,
};

export const useTank = create<TankState>(() => NOTHING_KNOWN);

/** Channels of every device, in the devices' order. */
export function channelsOf(devices: ReadonlyMap<string, Device>): Channel[] {
  return [...devices.values()].flatMap((device) => device.channels);
}

export function useReading(channelId: string): LiveReading | undefined {
  return useTank((t) => t.readings.get(channelId));
}

export function useOutput(channelId: string): Output | undefined {
  return useTank((t) => t.outputs.get(channelId));
}

/** The tank's zone; UTC, and said so, until it is known. */
export function useTimeZone(): string {
  return useTank((t) => t.settings?.timeZone ?? "UTC");
}
