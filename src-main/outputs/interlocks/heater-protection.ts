import type { ChannelConfig } from "#contract/channels.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import { isInWater } from "#domain/outputs/absent-conditions.ts";
import type { Interlock } from "../ports.ts";
import { createExclusionInterlock } from "./exclusion-interlock.ts";
import { createHeaterInterlocks } from "./heater-interlock.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { probesOf } from "./water-probes.ts";

/** The protections of every heater, by role or by loop, and of heater against chiller. */
export function heaterProtections(
  thermostats: readonly ThermostatConfig[],
  channels: readonly ChannelConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const waterChannelIds = channels.filter(isInWater).map(({ id }) => id);
  const ofLoops = thermostats.map(({ heaterChannelId }) => heaterChannelId).filter((id) => id !== null);
  const ofRole = channels.filter(({ role }) => role === "heater").map(({ id }) => id);
  const heaters = [...new Set([...ofLoops, ...ofRole])].flatMap((channelId) => {
    const loops = thermostats.filter(({ heaterChannelId }) => heaterChannelId === channelId);
    const sensorChannelIds = probesOf(loops, waterChannelIds);
    const holdsLastDuty = loops.some((loop) => loop.holdsLastDuty);
    return createHeaterInterlocks({ channelId, sensorChannelIds, waterChannelIds, holdsLastDuty, ...parts });
  });
  return [...heaters, ...thermostats.flatMap((loop) => exclusions(loop, parts))];
}

function exclusions(
  { heaterChannelId, chillerChannelId }: ThermostatConfig,
  { outputs }: InterlockParts,
): readonly Interlock[] {
  if (heaterChannelId === null || chillerChannelId === null) return [];
  return [
    createExclusionInterlock({ channelId: heaterChannelId, otherChannelId: chillerChannelId, outputs }),
    createExclusionInterlock({ channelId: chillerChannelId, otherChannelId: heaterChannelId, outputs }),
  ];
}
