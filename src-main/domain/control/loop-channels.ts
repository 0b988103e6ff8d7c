import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";

/** The outputs a loop drives by itself: it is their one automatic claimant. */
export function outputsOf(loop: LoopConfig): readonly ChannelId[] {
  switch (loop.type) {
    case "thermostat":
      return [loop.heaterChannelId, loop.chillerChannelId].filter((id) => id !== null);
    case "top-off":
    case "doser":
      return [loop.pumpChannelId];
    case "rule":
      return loop.actions.flatMap((action) => (action.kind === "output" ? [action.channelId] : []));
  }
}

/** Every channel a loop hears, its outputs aside. */
export function inputsOf(loop: LoopConfig): readonly ChannelId[] {
  switch (loop.type) {
    case "thermostat":
      return present([loop.sensorChannelId, loop.secondSensorChannelId, loop.roomSensorChannelId]);
    case "top-off":
      return present([
        loop.levelChannelId,
        loop.highLevelChannelId,
        loop.reservoirChannelId,
        loop.returnPumpChannelId,
        ...loop.leakChannelIds,
      ]);
    case "doser":
      return present([loop.returnPumpChannelId, loop.phChannelId, ...loop.opposingChannelIds]);
    case "rule":
      return loop.conditions.flatMap((condition) => ("channelId" in condition ? [condition.channelId] : []));
  }
}

function present(ids: readonly (ChannelId | null)[]): readonly ChannelId[] {
  return ids.filter((id) => id !== null);
}
