import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
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
const GIVING_BACK = {
  levelPct: 100,
  code: "gives-back",
  text: "On again: what it cut was reset, and it was on before.",
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
 * water gets cold, the outlet heats in its place, well below the setpoint. After the reset the outlet is on again, as nothing
 * else would switch it on. It undoes nothing but its own cut: an outlet
 * that was off before, or that a person holds off, stays off, and so does a heater that a person holds off.
 */
export class MasterCut implements Watch {
  readonly interlocks: readonly Interlock[];
  readonly #load: CutLoad;
  readonly #parts: WatchParts;
  #isWarming = false;
  /** How the outlet was before it was cut; null: nobody saw it, as after a restart. */
  #wasOn: boolean | null = null;
  /** It was on, was cut, and is not on again yet. */
  #isOwed = false;

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
    if (isStuck) this.#isOwed = this.#wasOn === true;
    else if (this.#isOwed) this.#giveBack(outlet);
    else this.#wasOn = outlet && outlet.requested > 0;
    this.#warm(isStuck && this.#wasOn !== false && !this.#isHeaterOffByHand() && this.#isCold());
  }

  end(): void {
    this.#warm(false);
    if (this.#isOwed) this.#parts.outputs.demand(this.#load.masterChannelId, GIVING_BACK.code, null);
  }

  /** Asked for until its device has it; from then on it is left as it is. Who holds it off meanwhile wants it off. */
  #giveBack(outlet: Output | null): void {
    const { outputs } = this.#parts;
    const { masterChannelId } = this.#load;
    const isOn = (outlet?.actual ?? 0) > 0;
    this.#isOwed = !isOn && !outputs.isOffByHand(masterChannelId);
    outputs.demand(masterChannelId, GIVING_BACK.code, this.#isOwed ? GIVING_BACK : null);
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
