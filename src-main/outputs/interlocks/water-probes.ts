import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import type { Blocked } from "./interlock-parts.ts";

/** The probes by which something heats or cools. */
export interface WaterProbes {
  /** The probes it works by: one of them must be good and fresh. None: the condition is absent. */
  readonly sensorChannelIds: readonly ChannelId[];
  /** Every other probe in the tank's water: each that is good and fresh counts. */
  readonly waterChannelIds: readonly ChannelId[];
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly clock: Clock;
}

/** The probes of these loops, or the tank's where no loop works. */
export function probesOf(loops: readonly ThermostatConfig[], waterChannelIds: readonly ChannelId[]) {
  if (loops.length === 0) return waterChannelIds;
  const own = loops.flatMap(({ sensorChannelId, secondSensorChannelId }) => [
    sensorChannelId,
    secondSensorChannelId,
  ]);
  return [...new Set(own.filter((id) => id !== null))];
}

/** Why none of the probes it works by can be believed; null: one can. @param works as "heats" */
export function probeProblem(probes: WaterProbes, works: string): Blocked {
  const problems: string[] = [];
  for (const sensorId of probes.sensorChannelIds) {
    const input = waterInput(probes, sensorId);
    if (input.isUsable) return null;
    problems.push(input.problem);
  }
  return { code: "sensor-not-good", text: `Off: the sensor it ${works} by ${problems.join(" and the other ")}.` };
}

/** What every good and fresh probe says, °C. */
export function waterTemperatures(probes: WaterProbes): readonly number[] {
  const all = [...probes.sensorChannelIds, ...probes.waterChannelIds];
  return all.map((id) => waterInput(probes, id)).flatMap((input) => (input.isUsable ? [input.value] : []));
}

function waterInput({ readings, clock }: WaterProbes, channelId: ChannelId): ControlInput {
  return controlInputFrom(readings.latest(channelId), "temperature", clock.monotonicMs());
}
