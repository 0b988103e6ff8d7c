import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import type { Interlock } from "../ports.ts";
import { hasFault, outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

const STUCK_ON = "stuck-on";
const DEMAND = "warms-by-outlet";
/** A tank whose only heater is cut must not die of cold: its outlet heats from so far below the setpoint, °C, */
const COLD_BELOW_C = 1;
/** until so far below it. */
const WARM_BELOW_C = 0.5;
const WARMING = {
  levelPct: 100,
  code: DEMAND,
  text: "On: the water is cold, and this outlet is the only switch its welded heater still has.",
  yieldsToOff: true,
};

/** A load that hangs on an outlet upstream which can cut it. */
export interface CutLoad {
  readonly channel: ChannelConfig;
  readonly masterChannelId: ChannelId;
  /** What heats by it; null: it is no thermostat's heater. */
  readonly thermostat: ThermostatConfig | null;
}

/**
 * The outlet upstream of a load whose relay is welded is cut until that load is reset; where the load is a heater and the
 * water gets cold, the outlet heats in its place, well below the setpoint. It undoes nothing but its own cut: an outlet
 * that was off before, or that a person holds off, stays off, and so does a heater that a person holds off.
 */
export class MasterCut implements Watch {
  readonly interlocks: readonly Interlock[];
  readonly #load: CutLoad;
  readonly #parts: WatchParts;
  #isWarming = false;
  /** How the outlet was before it was cut; null: nobody saw it, as after a restart. */
  #wasOn: boolean | null = null;

  constructor(load: CutLoad, parts: WatchParts) {
    this.#load = load;
    this.#parts = parts;
    const { channel, masterChannelId } = load;
    const text = `Off: it cuts ${channel.name}, whose own relay cannot switch it off.`;
    const onChange = (listener: () => void) =>
      parts.outputs.onChange(({ channelId }) => {
        if (channelId === channel.id) listener();
      });
    const blocked = () => (this.#isStuck() && !this.#isWarming ? { code: "cuts-stuck-load", text } : null);
    this.interlocks = [{ channelId: masterChannelId, blocked, onChange }];
  }

  look(): void {
    const isStuck = this.#isStuck();
    const outlet = outputOf(this.#parts, this.#load.masterChannelId);
    if (!isStuck) this.#wasOn = outlet && outlet.requested > 0;
    this.#warm(isStuck && this.#wasOn !== false && !this.#isHeaterOffByHand() && this.#isCold());
  }

  end(): void {
    this.#warm(false);
  }

  #warm(isNeeded: boolean): void {
    if (isNeeded === this.#isWarming) return;
    this.#isWarming = isNeeded;
    this.#parts.outputs.demand(this.#load.masterChannelId, DEMAND, isNeeded ? WARMING : null);
  }

  #isStuck(): boolean {
    return hasFault(outputOf(this.#parts, this.#load.channel.id), STUCK_ON);
  }

  #isHeaterOffByHand(): boolean {
    return this.#parts.outputs.isOffByHand(this.#load.channel.id);
  }

  /** By the warmer probe; where none is good it stays cut. */
  #isCold(): boolean {
    const { thermostat } = this.#load;
    if (thermostat === null) return false;
    const { sensorChannelId, secondSensorChannelId, setpointC } = thermostat;
    const values = [sensed(this.#parts, sensorChannelId), sensed(this.#parts, secondSensorChannelId)];
    const known = values.filter((value) => value !== null);
    const belowC = this.#isWarming ? WARM_BELOW_C : COLD_BELOW_C;
    return known.length > 0 && Math.max(...known) < setpointC - belowC;
  }
}
