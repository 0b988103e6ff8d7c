import type { ChannelConfig } from "#contract/channels.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import { isInWater } from "#domain/outputs/absent-conditions.ts";
import { coolingFloorC } from "#domain/outputs/cooling-floor.ts";
import type { Interlock } from "../ports.ts";
import { createChillerInterlocks } from "./chiller-interlock.ts";
import { createExclusionInterlock } from "./exclusion-interlock.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { probesOf } from "./water-probes.ts";

/** The protections of every chiller, by role or by loop; one that no loop drives gives way to every heater. */
export function chillerProtections(
  thermostats: readonly ThermostatConfig[],
  channels: readonly ChannelConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const waterChannelIds = channels.filter(isInWater).map(({ id }) => id);
  const ofLoops = thermostats.map(({ chillerChannelId }) => chillerChannelId).filter((id) => id !== null);
  const ofRole = channels.filter(({ role }) => role === "chiller").map(({ id }) => id);
  const heaterIds = new Set([
    ...thermostats.map(({ heaterChannelId }) => heaterChannelId).filter((id) => id !== null),
    ...channels.filter(({ role }) => role === "heater").map(({ id }) => id),
  ]);
  return [...new Set([...ofLoops, ...ofRole])].flatMap((channelId) => {
    const loops = thermostats.filter(({ chillerChannelId }) => chillerChannelId === channelId);
    const sensorChannelIds = probesOf(loops, waterChannelIds);
    const floorC = coolingFloorC(loops);
    const { outputs } = parts;
    const givesWayTo = loops.length === 0 ? [...heaterIds] : [];
    return [
      ...createChillerInterlocks({ channelId, sensorChannelIds, waterChannelIds, floorC, ...parts }),
      ...givesWayTo.map((otherChannelId) => createExclusionInterlock({ channelId, otherChannelId, outputs })),
    ];
  });
}
