import type { ChannelId } from "#contract/ids.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import type { Interlock } from "../ports.ts";

/** Our own limit, °C: well above any setpoint a reef wants, well below what kills it (docs/safety.md). */
export const MAX_HEATED_WATER_C = 28.5;

export interface HeaterInterlockParts {
  /** The heater's output. */
  readonly channelId: ChannelId;
  /** The probes it heats by: one of them must be good and fresh. None: the condition is absent. */
  readonly sensorChannelIds: readonly ChannelId[];
  /** Every other probe in the tank's water: the highest that is good and fresh counts. */
  readonly waterChannelIds?: readonly ChannelId[];
  /** Level or flow sensors that must say more than 0; bad, stale or unknown they do not hold. */
  readonly permissiveChannelIds: readonly ChannelId[];
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly clock: Clock;
}

type Blocked = ReturnType<Interlock["blocked"]>;

/** What must hold for a heater to be on, whatever any loop thinks: it hears the readings itself. */
export function createHeaterInterlock(parts: HeaterInterlockParts): Interlock {
  const { channelId, readings } = parts;
  const watched = new Set([
    ...parts.sensorChannelIds,
    ...(parts.waterChannelIds ?? []),
    ...parts.permissiveChannelIds,
  ]);
  const blocked = () => sensorProblem(parts) ?? overheated(parts) ?? permissiveProblem(parts);
  return {
    channelId,
    blocked,
    onChange: (listener) => {
      let lastCode = blocked()?.code;
      return readings.subscribe(`heater-interlock:${channelId}`, (reading) => {
        if (!watched.has(reading.channelId)) return;
        const code = blocked()?.code;
        if (code === lastCode) return;
        lastCode = code;
        listener();
      });
    },
  };
}

function sensorProblem(parts: HeaterInterlockParts): Blocked {
  const problems: string[] = [];
  for (const sensorId of parts.sensorChannelIds) {
    const input = waterInput(parts, sensorId);
    if (input.isUsable) return null;
    problems.push(input.problem);
  }
  if (problems.length === 0) return null;
  return { code: "sensor-not-good", text: `Off: the sensor it heats by ${problems.join(" and the other ")}.` };
}

function overheated(parts: HeaterInterlockParts): Blocked {
  const probes = [...parts.sensorChannelIds, ...(parts.waterChannelIds ?? [])];
  const inputs = probes.map((probeId) => waterInput(parts, probeId));
  const highestC = Math.max(...inputs.map((input) => (input.isUsable ? input.value : Number.NEGATIVE_INFINITY)));
  if (highestC < MAX_HEATED_WATER_C) return null;
  const text = `Off: the water is ${highestC.toFixed(2)} °C, and nothing heats from ${MAX_HEATED_WATER_C} °C on.`;
  return { code: "water-too-warm", text };
}

function permissiveProblem({ permissiveChannelIds, readings, clock }: HeaterInterlockParts): Blocked {
  for (const permissiveId of permissiveChannelIds) {
    const input = controlInputFrom(readings.latest(permissiveId), "level", clock.monotonicMs());
    if (!input.isUsable)
      return { code: "permissive-unknown", text: `Off: its level or flow sensor ${input.problem}.` };
    if (input.value <= 0)
      return { code: "no-water", text: "Off: its level or flow sensor says there is no water or no flow." };
  }
  return null;
}

function waterInput({ readings, clock }: HeaterInterlockParts, channelId: ChannelId): ControlInput {
  return controlInputFrom(readings.latest(channelId), "temperature", clock.monotonicMs());
}
