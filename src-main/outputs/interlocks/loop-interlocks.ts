import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { Reading } from "#contract/readings.ts";
import { absentConditions } from "#domain/outputs/absent-conditions.ts";
import type { Cancel, Clock, Stoppable } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import { roleOf } from "../output-channel.ts";
import type {
  ActiveModes,
  Interlock,
  LearnedFigures,
  OutputStates,
  OutputsService,
  SafeModeState,
} from "../ports.ts";
import { chillerProtections } from "./chiller-protection.ts";
import { doserProtections } from "./doser-protection.ts";
import { heaterProtections } from "./heater-protection.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { createPermissive } from "./permissive-interlock.ts";
import { returnProtections } from "./return-protection.ts";
import { type TankFacts, topOffProtections } from "./top-off-protection.ts";

/** The return must be known to run for so long before a heater that stands in its sump, s. */
const HEATER_AFTER_RETURN_S = 60;

interface LoopInterlocksDeps {
  readonly outputs: Pick<OutputsService, "get" | "onChange"> &
    OutputStates & { addInterlock(interlock: Interlock): Cancel };
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly clock: Clock;
  /** Left out: no mode is ever on. */
  readonly modes?: ActiveModes;
  /** Left out: nothing was learned. */
  readonly learned?: LearnedFigures;
  /** Left out: it never holds. */
  readonly safeMode?: SafeModeState;
}

interface Tank {
  readonly loops: readonly LoopConfig[];
  readonly channels: readonly ChannelConfig[];
  /** All the water that turns over, L; null: not said. */
  readonly tank?: { readonly systemVolumeL: number | null };
}

const NO_MODES: ActiveModes = { activeModeKinds: () => [], onChange: () => () => undefined };
const NOTHING_LEARNED: LearnedFigures = {
  topOffSPerDay: () => null,
  topOffFillS: () => null,
  heaterDutyPct: () => null,
};

/**
 * The protections of every output as the configuration has them: what its keeper set, and what its loop brings along.
 * They belong to the outputs and hear the readings themselves, so they hold with no loop running.
 */
export class LoopInterlocks implements Stoppable {
  readonly #deps: LoopInterlocksDeps;
  readonly #listeners = new Set<(reading: Reading) => void>();
  #cancelReadings: Cancel | null = null;
  #standing: readonly Cancel[] = [];
  #channels: ReadonlyMap<ChannelId, ChannelConfig> = new Map();
  #systemVolumeL: number | null = null;

  constructor(deps: LoopInterlocksDeps) {
    this.#deps = deps;
  }

  /**
   * Hears the readings from now on: called before the journal and everyone else is on the bus, an off precedes every
   * record. The first `configure` does it where nobody did.
   */
  start(): void {
    this.#cancelReadings ??= this.#deps.readings.subscribe("interlocks", (reading) => {
      for (const listener of this.#listeners) listener(reading);
    });
  }

  /** The whole configuration from now on. The new protections stand before the old ones go. */
  configure({ loops, channels, tank }: Tank): void {
    this.start();
    const before = this.#standing;
    this.#channels = new Map(channels.map((channel) => [channel.id, channel]));
    this.#systemVolumeL = tank?.systemVolumeL ?? null;
    const parts = this.#parts();
    const dosers = loops.filter((loop) => loop.type === "doser");
    const topOffs = loops.filter((loop) => loop.type === "top-off");
    const thermostats = loops.filter((loop) => loop.type === "thermostat");
    const interlocks = [
      ...heaterProtections(thermostats, channels, parts),
      ...chillerProtections(thermostats, channels, parts),
      ...returnProtections(channels, parts),
      ...topOffs.flatMap((loop) => topOffProtections(loop, parts, this.#facts())),
      ...dosers.flatMap((loop) => doserProtections(loop, dosers, parts)),
      ...channels.flatMap((channel) => this.#permissivesOf(channel, parts)),
      ...channels.filter(isOutput).map((channel) => whatIsAbsent(channel, { channels, loops })),
      ...[...topOffs, ...dosers].flatMap(({ pumpChannelId }) => this.#safeModeOf(pumpChannelId)),
    ];
    this.#standing = interlocks.map((interlock) => this.#deps.outputs.addInterlock(interlock));
    for (const remove of before) remove();
  }

  /** Leaves the bus. The protections themselves stand, and are asked every cycle, until the arbiter's own end. */
  async stop(): Promise<void> {
    this.#cancelReadings?.();
  }

  #parts(): InterlockParts {
    const { outputs, clock, modes = NO_MODES } = this.#deps;
    return { outputs, clock, modes, readings: this.#heard(), channelOf: (id) => this.#channels.get(id) ?? null };
  }

  #facts(): TankFacts {
    return { learned: this.#deps.learned ?? NOTHING_LEARNED, systemVolumeL: () => this.#systemVolumeL };
  }

  /** The bus as the interlocks see it: one place on it for all of them, which no reconfiguration moves. */
  #heard(): Pick<Readings, "subscribe" | "latest"> {
    return {
      latest: (channelId) => this.#deps.readings.latest(channelId),
      subscribe: (_, listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  #permissivesOf(channel: ChannelConfig, parts: InterlockParts): readonly Interlock[] {
    return (channel.output?.permissives ?? []).map((permissive) => {
      if (permissive.kind !== "output-on" || !this.#isSumpHeater(channel, permissive.channelId))
        return createPermissive(channel.id, permissive, parts);
      const forS = Math.max(permissive.forS, HEATER_AFTER_RETURN_S);
      return createPermissive(channel.id, { ...permissive, forS }, parts);
    });
  }

  #isSumpHeater(channel: ChannelConfig, otherId: ChannelId): boolean {
    const other = this.#channels.get(otherId);
    return roleOf(channel) === "heater" && other !== undefined && roleOf(other) === "return-pump";
  }

  #safeModeOf(channelId: ChannelId): readonly Interlock[] {
    const { safeMode } = this.#deps;
    if (safeMode === undefined) return [];
    const text = "Off: safe mode keeps everything beyond life support off until an operator ends it.";
    return [
      {
        channelId,
        blocked: () => (safeMode.isActive() ? { code: "safe-mode", text } : null),
        onChange: (listener) => safeMode.onChange(listener),
      },
    ];
  }
}

function isOutput({ kind }: ChannelConfig): boolean {
  return kind !== "sensor";
}

function whatIsAbsent(channel: ChannelConfig, tank: Pick<Tank, "channels" | "loops">): Interlock {
  return { channelId: channel.id, blocked: () => null, absent: absentConditions(channel, tank) };
}
