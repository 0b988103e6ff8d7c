import type { ChannelId } from "#contract/ids.ts";
import type { Interlock } from "../ports.ts";
import { type Blocked, onReadings } from "./interlock-parts.ts";
import { probeProblem, type WaterProbes, waterTemperatures } from "./water-probes.ts";

export interface ChillerInterlockParts extends WaterProbes {
  /** The chiller's output. */
  readonly channelId: ChannelId;
  /** Nothing cools from here down, °C. */
  readonly floorC: number;
}

/** What must hold for a chiller to be on, whatever any loop thinks: the mirror of a heater's. */
export function createChillerInterlocks(parts: ChillerInterlockParts): readonly Interlock[] {
  const { channelId, sensorChannelIds, waterChannelIds, readings, floorC } = parts;
  const probes = [...sensorChannelIds, ...waterChannelIds];
  if (probes.length === 0) return [];
  const hears = (channelIds: readonly ChannelId[], blocked: Interlock["blocked"]) =>
    onReadings({ name: `chiller-interlock:${channelId}`, channelIds, readings, blocked });
  const isSensorGood = () => probeProblem(parts, "cools");
  const isWarmEnough = () => tooCold(parts);
  return [
    {
      channelId,
      condition:
        sensorChannelIds.length > 1 ? "One of its probes is good and fresh" : "Its probe is good and fresh",
      blocked: isSensorGood,
      onChange: hears(sensorChannelIds, isSensorGood),
    },
    {
      channelId,
      condition: `The water is above ${floorC} °C`,
      blocked: isWarmEnough,
      onChange: hears(probes, isWarmEnough),
    },
  ];
}

/** By the coldest probe: a chiller that freezes one end of the tank is cut too. */
function tooCold(parts: ChillerInterlockParts): Blocked {
  const lowestC = Math.min(...waterTemperatures(parts));
  if (lowestC > parts.floorC) return null;
  const text = `Off: the water is ${lowestC.toFixed(2)} °C, and nothing cools from ${parts.floorC} °C down.`;
  return { code: "water-too-cold", text };
}
