import type { ChannelConfig } from "#contract/channels.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import { isInWater } from "#domain/outputs/absent-conditions.ts";
import { coolingFloorC } from "#domain/outputs/cooling-floor.ts";
import type { Interlock } from "../ports.ts";
import { createChillerInterlocks } from "./chiller-interlock.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { probesOf } from "./water-probes.ts";

/** The protections of every chiller, by role or by loop; those against its loop's heater stand with the heater's. */
export function chillerProtections(
  thermostats: readonly ThermostatConfig[],
  channels: readonly ChannelConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const waterChannelIds = channels.filter(isInWater).map(({ id }) => id);
  const ofLoops = thermostats.map(({ chillerChannelId }) => chillerChannelId).filter((id) => id !== null);
  const ofRole = channels.filter(({ role }) => role === "chiller").map(({ id }) => id);
  return [...new Set([...ofLoops, ...ofRole])].flatMap((channelId) => {
    const loops = thermostats.filter(({ chillerChannelId }) => chillerChannelId === channelId);
    const sensorChannelIds = probesOf(loops, waterChannelIds);
    const floorC = coolingFloorC(loops);
    return createChillerInterlocks({ channelId, sensorChannelIds, waterChannelIds, floorC, ...parts });
  });
}
