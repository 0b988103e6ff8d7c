import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import type { ActiveModes, Interlock, OutputStates, OutputsService } from "../ports.ts";

/** What interlocks hear and ask. */
export interface InterlockParts {
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly outputs: Pick<OutputsService, "get" | "onChange"> & OutputStates;
  readonly clock: Clock;
  readonly modes: ActiveModes;
  /** A channel as it is configured now; null: there is none. */
  readonly channelOf: (channelId: ChannelId) => ChannelConfig | null;
}

export type Blocked = ReturnType<Interlock["blocked"]>;

/** What a sensor says now, good and fresh, or why that is not known. */
export function inputOf({ readings, clock, channelOf }: InterlockParts, channelId: ChannelId): ControlInput {
  const channel = channelOf(channelId);
  if (channel === null) return { isUsable: false, problem: "is not there any more" };
  return controlInputFrom(readings.latest(channelId), channel.quantity, clock.monotonicMs());
}

export function nameOf({ channelOf }: InterlockParts, channelId: ChannelId): string {
  return channelOf(channelId)?.name ?? "a channel that is gone";
}

interface Heard {
  readonly name: string;
  readonly channelIds: readonly ChannelId[];
  readonly readings: Pick<Readings, "subscribe">;
  readonly blocked: Interlock["blocked"];
}

/** Calls back where a reading of these channels changed the answer. */
export function onReadings({ name, channelIds, readings, blocked }: Heard): NonNullable<Interlock["onChange"]> {
  const watched = new Set(channelIds);
  return (listener) => {
    let lastCode = blocked()?.code;
    return readings.subscribe(name, (reading) => {
      if (!watched.has(reading.channelId)) return;
      const code = blocked()?.code;
      if (code === lastCode) return;
      lastCode = code;
      listener();
    });
  };
}
