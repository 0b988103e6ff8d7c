import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import { isInWater } from "#domain/outputs/absent-conditions.ts";
import { roleOf } from "../output-channel.ts";
import type { Interlock } from "../ports.ts";
import { hasFault, outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

const STUCK_ON = "stuck-on";
const DEMAND = "cooling-stuck-heater";
/** Cooling begins so far above the setpoint and ends at it, °C. */
const ABOVE_SETPOINT_C = 0.2;
const USUAL_SETPOINT_C = 25.5;
const COOLING = {
  levelPct: 100,
  code: DEMAND,
  text: "On: it cools against a heater that cannot be switched off.",
  isUrgent: true,
};
const MOVING = { ...COOLING, text: "On: it keeps the water moving while a heater cannot be switched off." };

/** Asks for cooling and moving water while a heater is stuck on. */
export class StuckHeatResponse implements Watch {
  readonly interlocks: readonly Interlock[] = [];
  readonly #channels: readonly ChannelConfig[];
  readonly #thermostats: readonly ThermostatConfig[];
  readonly #parts: WatchParts;
  #isCooling = false;
  #isMoving = false;

  constructor(channels: readonly ChannelConfig[], thermostats: readonly ThermostatConfig[], parts: WatchParts) {
    this.#channels = channels;
    this.#thermostats = thermostats;
    this.#parts = parts;
  }

  look(): void {
    const stuck = this.#withRoles("heater").find((id) => hasFault(outputOf(this.#parts, id), STUCK_ON));
    this.#move(stuck !== undefined);
    this.#cool(stuck !== undefined && this.#isTooWarm(stuck));
  }

  end(): void {
    this.#move(false);
    this.#cool(false);
  }

  #move(isNeeded: boolean): void {
    if (isNeeded === this.#isMoving) return;
    this.#isMoving = isNeeded;
    for (const id of this.#withRoles("circulation"))
      this.#parts.outputs.demand(id, DEMAND, isNeeded ? MOVING : null);
  }

  #cool(isNeeded: boolean): void {
    if (isNeeded === this.#isCooling) return;
    this.#isCooling = isNeeded;
    for (const id of this.#withRoles("chiller", "fan"))
      this.#parts.outputs.demand(id, DEMAND, isNeeded ? COOLING : null);
  }

  /** By the warmest probe; where none is good nobody cools blindly. */
  #isTooWarm(heaterId: ChannelId): boolean {
    const loop = this.#thermostats.find(({ heaterChannelId }) => heaterChannelId === heaterId);
    const setpointC = loop?.setpointC ?? USUAL_SETPOINT_C;
    const values = this.#channels.filter(isInWater).map(({ id }) => sensed(this.#parts, id) ?? 0);
    const warmestC = Math.max(0, ...values, sensed(this.#parts, loop?.sensorChannelId ?? null) ?? 0);
    return warmestC > setpointC + (this.#isCooling ? 0 : ABOVE_SETPOINT_C);
  }

  #withRoles(...roles: readonly string[]): readonly ChannelId[] {
    return this.#channels
      .filter((channel) => channel.kind !== "sensor" && roles.includes(roleOf(channel)))
      .map(({ id }) => id);
  }
}
