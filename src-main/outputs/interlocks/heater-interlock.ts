import type { ChannelId } from "#contract/ids.ts";
import { HELD_DUTY_LIMIT_MS, HELD_DUTY_MAX_FRACTION } from "#domain/control/held-duty.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import type { Interlock } from "../ports.ts";
import { type Blocked, onReadings } from "./interlock-parts.ts";
import { probeProblem, type WaterProbes, waterTemperatures } from "./water-probes.ts";

/** Our own limit, °C: well above any setpoint a reef wants, well below what kills it (docs/safety.md). */
export const MAX_HEATED_WATER_C = 28.5;

const HOUR_S = 3_600;

export interface HeaterInterlockParts extends WaterProbes {
  /** The heater's output. */
  readonly channelId: ChannelId;
  /** Its keeper chose that it goes on without any good probe, for a while and at a share of time; left out: it does not. */
  readonly holdsLastDuty?: boolean;
}

/** What must hold for a heater to be on, whatever any loop thinks: it hears the readings itself. */
export function createHeaterInterlocks(parts: HeaterInterlockParts): readonly Interlock[] {
  const { channelId, sensorChannelIds, waterChannelIds, readings } = parts;
  const probes = [...sensorChannelIds, ...waterChannelIds];
  const hears = (channelIds: readonly ChannelId[], blocked: Interlock["blocked"]) =>
    onReadings({ name: `heater-interlock:${channelId}`, channelIds, readings, blocked });
  const sight = new Sight(parts);
  const isSensorGood = () => sight.problem();
  const isCoolEnough = () => overheated(parts);
  const sensorGood: Interlock = {
    channelId,
    condition: sensorChannelIds.length > 1 ? "One of its probes is good and fresh" : "Its probe is good and fresh",
    blocked: isSensorGood,
    limits: () => sight.limits(),
    onChange: hears(sensorChannelIds, isSensorGood),
  };
  const coolEnough: Interlock = {
    channelId,
    condition: `The water is below ${MAX_HEATED_WATER_C} °C`,
    blocked: isCoolEnough,
    standing: (code) => (code === "overheated" ? (overheated(parts)?.text ?? null) : null),
    onChange: hears(probes, isCoolEnough),
  };
  if (probes.length === 0) return [];
  return sensorChannelIds.length === 0 ? [coolEnough] : [sensorGood, coolEnough];
}

/** Whether its probes are good, and what a heater without any may do where its keeper chose so. */
class Sight {
  readonly #parts: HeaterInterlockParts;
  /** Monotonic ms; null: none was good since this protection stands. */
  #goodAtMs: number | null = null;

  constructor(parts: HeaterInterlockParts) {
    this.#parts = parts;
  }

  problem(): Blocked {
    const problem = probeProblem(this.#parts, "heats");
    if (problem === null) this.#goodAtMs = this.#parts.clock.monotonicMs();
    return problem !== null && this.#isHeld() ? null : problem;
  }

  limits(): RunLimits {
    if (probeProblem(this.#parts, "heats") === null || !this.#isHeld()) return {};
    const limit = HELD_DUTY_MAX_FRACTION * HOUR_S;
    return { budgets: [{ windowS: HOUR_S, unit: "s", limit }] };
  }

  #isHeld(): boolean {
    const { holdsLastDuty, clock } = this.#parts;
    if (holdsLastDuty !== true || this.#goodAtMs === null) return false;
    return clock.monotonicMs() - this.#goodAtMs < HELD_DUTY_LIMIT_MS;
  }
}

function overheated(parts: HeaterInterlockParts): Blocked {
  const highestC = Math.max(...waterTemperatures(parts));
  if (highestC < MAX_HEATED_WATER_C) return null;
  const text = `Off: the water is ${highestC.toFixed(2)} °C, and nothing heats from ${MAX_HEATED_WATER_C} °C on.`;
  return { code: "water-too-warm", text };
}
