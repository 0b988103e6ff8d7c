import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import type { HeatModel } from "#domain/control/heat-model.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import { outputOrNull } from "../output-or-null.ts";
import type { Interlock, LearnedFigures, OutputStates, OutputsService, Protector } from "../ports.ts";

/** Looks at one piece of equipment once a second, and says so where it does not do as told. */
export interface Watch {
  look(): void;
  /** The output whose every change it looks at besides; left out: once a second is enough. */
  readonly hurriesFor?: ChannelId;
  /** Interlocks it speaks through; they stand as long as it does. */
  readonly interlocks: readonly Interlock[];
  /** It is not needed any more: what it asked for, it takes back. */
  end?(): void;
}

/** What watches see and do. */
export interface WatchParts {
  readonly outputs: Pick<OutputsService, "get" | "onChange"> &
    Protector &
    Pick<OutputStates, "isOffByHand" | "confirmedOnForMs"> & { addInterlock(interlock: Interlock): Cancel };
  readonly readings: Pick<Readings, "latest">;
  readonly clock: Clock;
  readonly learned: LearnedFigures;
  /** Asks a sensor at least so often, s, until it is taken back. */
  readonly hurry: (channelId: ChannelId, intervalS: number) => Cancel;
  /** How a heater warms the water; null: nothing is known of it. */
  readonly heatModelOf: (heaterChannelId: ChannelId) => HeatModel | null;
  /** A channel as it is configured now; null: there is none. */
  readonly channelOf: (channelId: ChannelId) => ChannelConfig | null;
}

/** An output as it is now; null: it is not there. */
export function outputOf({ outputs }: Pick<WatchParts, "outputs">, channelId: ChannelId): Output | null {
  return outputOrNull(outputs, channelId);
}

export function hasFault(output: Output | null, code: string): boolean {
  return output?.faults.some((fault) => fault.code === code) === true;
}

/** What a sensor says now; null: there is none, or it is not good and fresh. */
export function sensed(parts: Pick<WatchParts, "readings" | "clock" | "channelOf">, channelId: ChannelId | null) {
  const input = channelId === null ? null : inputFrom(parts, channelId);
  return input?.isUsable === true ? input.value : null;
}

function inputFrom(
  { readings, clock, channelOf }: Pick<WatchParts, "readings" | "clock" | "channelOf">,
  channelId: ChannelId,
): ControlInput | null {
  const channel = channelOf(channelId);
  return channel && controlInputFrom(readings.latest(channelId), channel.quantity, clock.monotonicMs());
}
