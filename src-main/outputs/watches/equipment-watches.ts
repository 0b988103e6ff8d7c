import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import { type HeatModel, heatModelFrom } from "#domain/control/heat-model.ts";
import type { Cancel, Stoppable } from "../../platform/ports.ts";
import { every } from "../../platform/timing.ts";
import { settingsOf } from "../output-channel.ts";
import type { LearnedFigures } from "../ports.ts";
import { FillWatch } from "./fill-watch.ts";
import { HeatWatch, type WatchedHeater } from "./heat-watch.ts";
import { MasterCut } from "./master-cut.ts";
import { PowerWatch } from "./power-watch.ts";
import { StuckHeatResponse } from "./stuck-heat-response.ts";
import type { Watch, WatchParts } from "./watch.ts";

const LOOK_EVERY_MS = 1_000;

interface EquipmentWatchesDeps extends Omit<WatchParts, "learned" | "hurry" | "heatModelOf" | "channelOf"> {
  /** Left out: sensors are asked as often as they are configured to be. */
  readonly hurry?: WatchParts["hurry"];
  /** Left out: nothing was learned, and only nameplates count. */
  readonly learned?: LearnedFigures & { heatModelOf?(heaterChannelId: ChannelId): HeatModel | null };
}

interface Tank {
  readonly loops: readonly LoopConfig[];
  readonly channels: readonly ChannelConfig[];
  /** All the water that turns over, L; null: not said. */
  readonly tank?: { readonly systemVolumeL: number | null };
}

interface Standing {
  readonly watch: Watch;
  readonly cancels: readonly Cancel[];
}

const NOTHING_LEARNED: LearnedFigures = {
  topOffSPerDay: () => null,
  topOffFillS: () => null,
  heaterDutyPct: () => null,
};

/**
 * Watches the equipment itself: whether what was switched off draws or heats on, whether what was switched on does its
 * work. Like the interlocks it hears readings and outputs alone, and works with no loop running.
 */
export class EquipmentWatches implements Stoppable {
  readonly #parts: WatchParts;
  #standing: ReadonlyMap<string, Standing> = new Map();
  #channels: ReadonlyMap<ChannelId, ChannelConfig> = new Map();
  #systemVolumeL: number | null = null;
  #cancelLook: Cancel = () => undefined;

  constructor({ learned, hurry = () => () => undefined, ...deps }: EquipmentWatchesDeps) {
    this.#parts = {
      ...deps,
      hurry,
      learned: learned ?? NOTHING_LEARNED,
      heatModelOf: (id) => learned?.heatModelOf?.(id) ?? this.#ratedModel(id),
      channelOf: (id) => this.#channels.get(id) ?? null,
    };
  }

  start(): void {
    const { clock, outputs } = this.#parts;
    const cancels = [
      every(clock, LOOK_EVERY_MS, () => this.#look(() => true)),
      outputs.onChange(({ channelId }) => this.#look(({ hurriesFor }) => hurriesFor === channelId)),
    ];
    this.#cancelLook = () => {
      for (const cancel of cancels) cancel();
    };
  }

  /** The whole configuration from now on; a watch whose own part of it did not change goes on from where it is. */
  configure({ loops, channels, tank }: Tank): void {
    this.#channels = new Map(channels.map((channel) => [channel.id, channel]));
    this.#systemVolumeL = tank?.systemVolumeL ?? null;
    const next = new Map<string, Standing>();
    for (const [key, make] of this.#wanted(loops, channels))
      next.set(key, this.#standing.get(key) ?? this.#stand(make()));
    for (const [key, { watch, cancels }] of this.#standing) {
      if (next.has(key)) continue;
      watch.end?.();
      for (const cancel of cancels) cancel();
    }
    this.#standing = next;
  }

  /** Looks no more; what was found stands. */
  async stop(): Promise<void> {
    this.#cancelLook();
  }

  #look(isMeant: (watch: Watch) => boolean): void {
    for (const { watch } of this.#standing.values()) if (isMeant(watch)) watch.look();
  }

  #stand(watch: Watch): Standing {
    return { watch, cancels: watch.interlocks.map((interlock) => this.#parts.outputs.addInterlock(interlock)) };
  }

  *#wanted(loops: readonly LoopConfig[], channels: readonly ChannelConfig[]): Iterable<[string, () => Watch]> {
    const parts = this.#parts;
    const outputs = channels.filter(({ kind }) => kind !== "sensor");
    const thermostats = loops.filter((loop) => loop.type === "thermostat");
    const room = channels.find(({ quantity, role }) => quantity === "temperature" && role === "room")?.id ?? null;
    for (const { id } of outputs.filter((channel) => settingsOf(channel).equipment.powerChannelId !== null))
      yield [`power ${id}`, () => new PowerWatch(id, parts)];
    for (const loop of thermostats.filter(hasHeater)) {
      const heater: WatchedHeater = { loop, roomChannelId: loop.roomSensorChannelId ?? room };
      yield [`heat ${heatKey(heater)}`, () => new HeatWatch(heater, parts)];
    }
    for (const loop of loops.filter((candidate) => candidate.type === "top-off"))
      yield [`fill ${JSON.stringify(loop)}`, () => new FillWatch(loop, parts)];
    for (const channel of outputs) {
      const { masterChannelId } = settingsOf(channel).equipment;
      if (masterChannelId === null) continue;
      const thermostat = thermostats.find(({ heaterChannelId }) => heaterChannelId === channel.id) ?? null;
      const key = `master ${JSON.stringify([channel.id, channel.name, masterChannelId, thermostat])}`;
      yield [key, () => new MasterCut({ channel, masterChannelId, thermostat }, parts)];
    }
    const roles = outputs.map((channel) => [channel.id, channel.role]);
    const key = `response ${JSON.stringify([roles, thermostats])}`;
    yield [key, () => new StuckHeatResponse(channels, thermostats, parts)];
  }

  #ratedModel(heaterId: ChannelId): HeatModel | null {
    const ratedW = this.#channels.get(heaterId)?.output?.equipment.ratedW ?? null;
    return ratedW === null || this.#systemVolumeL === null ? null : heatModelFrom(ratedW, this.#systemVolumeL);
  }
}

function hasHeater(loop: ThermostatConfig): loop is WatchedHeater["loop"] {
  return loop.heaterChannelId !== null;
}

/** What of a thermostat moves a watch: not its setpoint. */
function heatKey({ loop, roomChannelId }: WatchedHeater): string {
  const { heaterChannelId, chillerChannelId, sensorChannelId, secondSensorChannelId } = loop;
  return [heaterChannelId, chillerChannelId, sensorChannelId, secondSensorChannelId, roomChannelId].join();
}
