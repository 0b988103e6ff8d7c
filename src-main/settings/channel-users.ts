import type { ChannelId } from "#contract/ids.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { ownAlarmsWatching } from "./offered-alarms.ts";
import type { Configuration } from "./ports.ts";

/** What would miss a channel. */
export interface ChannelUser {
  readonly kind: "loop" | "mode" | "output" | "alarm";
  readonly id: string;
  readonly name: string;
}

/** The loops that use any of these channels. */
export function loopsUsing(channelIds: readonly ChannelId[], { loops }: Configuration): readonly ChannelUser[] {
  const ids = new Set<ChannelId>(channelIds);
  return loops
    .filter((loop) => [...inputsOf(loop), ...outputsOf(loop)].some((id) => ids.has(id)))
    .map(({ id, name }) => ({ kind: "loop", id, name }));
}

/** The modes that hold any of these outputs. */
export function modesUsing(channelIds: readonly ChannelId[], { modes }: Configuration): readonly ChannelUser[] {
  const ids = new Set<ChannelId>(channelIds);
  return modes
    .filter((mode) => mode.outputs.some(({ channelId }) => ids.has(channelId)))
    .map(({ id, name }) => ({ kind: "mode", id, name }));
}

/** The outputs of others that have a condition on any of these channels, are measured by one, or hang on one. */
export function outputsUsing(
  channelIds: readonly ChannelId[],
  { channels }: Configuration,
): readonly ChannelUser[] {
  const ids = new Set<ChannelId>(channelIds);
  return channels
    .filter(({ id, output }) => {
      if (output === null || ids.has(id)) return false;
      const { powerChannelId, masterChannelId } = output.equipment;
      const conditions = output.permissives.flatMap((one) => ("channelId" in one ? [one.channelId] : []));
      return [powerChannelId, masterChannelId, ...conditions].some((used) => used !== null && ids.has(used));
    })
    .map(({ id, name }) => ({ kind: "output", id, name }));
}

/** The alarms a keeper made that watch any of these channels or loops; those that were offered with them go with them. */
export function alarmsUsing(ids: readonly string[], configuration: Configuration): readonly ChannelUser[] {
  return ownAlarmsWatching(ids, configuration).map(({ id, name }) => ({ kind: "alarm", id, name }));
}
