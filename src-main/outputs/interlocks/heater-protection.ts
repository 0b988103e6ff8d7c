import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import type { Interlock } from "../ports.ts";
import { createExclusionInterlock } from "./exclusion-interlock.ts";
import { createHeaterInterlocks } from "./heater-interlock.ts";
import type { InterlockParts } from "./interlock-parts.ts";

/** The protections of every heater, by role or by loop, and of heater against chiller. */
export function heaterProtections(
  thermostats: readonly ThermostatConfig[],
  channels: readonly ChannelConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const waterChannelIds = channels.filter(isWaterProbe).map(({ id }) => id);
  const ofLoops = thermostats.map(({ heaterChannelId }) => heaterChannelId).filter((id) => id !== null);
  const ofRole = channels.filter(({ role }) => role === "heater").map(({ id }) => id);
  const heaters = [...new Set([...ofLoops, ...ofRole])].flatMap((channelId) => {
    const sensorChannelIds = sensorsOf(channelId, thermostats) ?? waterChannelIds;
    const holdsLastDuty = thermostats.some((loop) => loop.heaterChannelId === channelId && loop.holdsLastDuty);
    return createHeaterInterlocks({ channelId, sensorChannelIds, waterChannelIds, holdsLastDuty, ...parts });
  });
  return [...heaters, ...thermostats.flatMap((loop) => exclusions(loop, parts))];
}

export function isWaterProbe({ kind, quantity, role }: ChannelConfig): boolean {
  return kind === "sensor" && quantity === "temperature" && (role === "display" || role === "sump");
}

/** The probes of the loop that drives this heater; null: no loop does. */
function sensorsOf(heaterChannelId: ChannelId, loops: readonly ThermostatConfig[]): readonly ChannelId[] | null {
  const loop = loops.find((candidate) => candidate.heaterChannelId === heaterChannelId);
  if (loop === undefined) return null;
  const { sensorChannelId, secondSensorChannelId } = loop;
  return secondSensorChannelId === null ? [sensorChannelId] : [sensorChannelId, secondSensorChannelId];
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
