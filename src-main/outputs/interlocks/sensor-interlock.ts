import type { ChannelId } from "#contract/ids.ts";
import type { Interlock } from "../ports.ts";
import { type Blocked, type InterlockParts, inputOf, nameOf, onReadings } from "./interlock-parts.ts";

/** What a sensor must say. */
export interface SensorRule {
  /** The output that needs it. */
  readonly channelId: ChannelId;
  readonly sensorChannelId: ChannelId;
  /** What must hold, in words, as "at least 20 %". */
  readonly words: string;
  /** What it is where that does not hold, as "wet"; left out: what it says, with its unit. */
  readonly otherwise?: string;
  readonly holds: (value: number) => boolean;
  /** Told where it does not hold. */
  readonly code: string;
  /** A latched fault that is not reset while this does not hold. */
  readonly guardsFault?: string;
}

/** A sensor must be good, fresh, and say what it must. */
export function createSensorInterlock(rule: SensorRule, parts: InterlockParts): Interlock {
  const { channelId, sensorChannelId } = rule;
  const blocked = () => problemOf(rule, parts);
  const heard = { name: `sensor-interlock:${channelId}`, channelIds: [sensorChannelId], blocked };
  return {
    channelId,
    condition: `${nameOf(parts, sensorChannelId)}: ${rule.words}`,
    blocked,
    standing: (faultCode) => (faultCode === rule.guardsFault ? (problemOf(rule, parts)?.text ?? null) : null),
    onChange: onReadings({ ...heard, readings: parts.readings }),
  };
}

function problemOf(
  { sensorChannelId, words, otherwise, holds, code }: SensorRule,
  parts: InterlockParts,
): Blocked {
  const name = nameOf(parts, sensorChannelId);
  const input = inputOf(parts, sensorChannelId);
  if (!input.isUsable) return { code: "permissive-unknown", text: `Off: ${name} ${input.problem}.` };
  if (holds(input.value)) return null;
  if (otherwise !== undefined) return { code, text: `Off: ${name} is ${otherwise}; it must be ${words}.` };
  const unit = parts.channelOf(sensorChannelId)?.unit ?? "";
  const value = `${Math.round(input.value * 100) / 100} ${unit}`.trimEnd();
  return { code, text: `Off: ${name} says ${value}; it must be ${words}.` };
}
