import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import type { Reading } from "#contract/readings.ts";
import type { Cancel, Clock, Stoppable } from "../../platform/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import type { Interlock, OutputsService } from "../ports.ts";
import { createExclusionInterlock } from "./exclusion-interlock.ts";
import { createHeaterInterlock } from "./heater-interlock.ts";

interface LoopInterlocksDeps {
  readonly outputs: Pick<OutputsService, "get" | "onChange"> & { addInterlock(interlock: Interlock): Cancel };
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly clock: Clock;
  /** Level or flow sensors without which a heater must not run; none where nothing was configured. */
  readonly permissivesOf?: (heaterChannelId: ChannelId) => readonly ChannelId[];
}

interface Tank {
  readonly loops: readonly LoopConfig[];
  readonly channels: readonly ChannelConfig[];
}

/**
 * The protections of every heater, and of heater against chiller, as the configuration has them. They belong to the
 * outputs and hear the readings themselves, so they hold with no loop running.
 */
export class LoopInterlocks implements Stoppable {
  readonly #deps: LoopInterlocksDeps;
  readonly #listeners = new Set<(reading: Reading) => void>();
  #cancelReadings: Cancel | null = null;
  #standing: readonly Cancel[] = [];

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
  configure(tank: Tank): void {
    this.start();
    const before = this.#standing;
    const thermostats = tank.loops.filter((loop) => loop.type === "thermostat");
    const interlocks = [...this.#heaterInterlocks(thermostats, tank.channels), ...this.#exclusions(thermostats)];
    this.#standing = interlocks.map((interlock) => this.#deps.outputs.addInterlock(interlock));
    for (const remove of before) remove();
  }

  /** Leaves the bus. The protections themselves stand, and are asked every cycle, until the arbiter's own end. */
  async stop(): Promise<void> {
    this.#cancelReadings?.();
  }

  #heaterInterlocks(loops: readonly ThermostatConfig[], channels: readonly ChannelConfig[]): readonly Interlock[] {
    const { clock, permissivesOf } = this.#deps;
    const readings = this.#heard();
    const waterChannelIds = channels.filter(isWaterProbe).map(({ id }) => id);
    const ofLoops = loops.map(({ heaterChannelId }) => heaterChannelId).filter((id) => id !== null);
    const ofRole = channels.filter(({ role }) => role === "heater").map(({ id }) => id);
    return [...new Set([...ofLoops, ...ofRole])].map((channelId) =>
      createHeaterInterlock({
        channelId,
        sensorChannelIds: sensorsOf(channelId, loops) ?? waterChannelIds,
        waterChannelIds,
        permissiveChannelIds: permissivesOf?.(channelId) ?? [],
        readings,
        clock,
      }),
    );
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

  #exclusions(loops: readonly ThermostatConfig[]): readonly Interlock[] {
    const { outputs } = this.#deps;
    return loops.flatMap(({ heaterChannelId, chillerChannelId }) => {
      if (heaterChannelId === null || chillerChannelId === null) return [];
      return [
        createExclusionInterlock({ channelId: heaterChannelId, otherChannelId: chillerChannelId, outputs }),
        createExclusionInterlock({ channelId: chillerChannelId, otherChannelId: heaterChannelId, outputs }),
      ];
    });
  }
}

function isWaterProbe({ kind, quantity, role }: ChannelConfig): boolean {
  return kind === "sensor" && quantity === "temperature" && (role === "display" || role === "sump");
}

/** The probes of the loop that drives this heater; null: no loop does. */
function sensorsOf(heaterChannelId: ChannelId, loops: readonly ThermostatConfig[]): readonly ChannelId[] | null {
  const loop = loops.find((candidate) => candidate.heaterChannelId === heaterChannelId);
  if (loop === undefined) return null;
  const { sensorChannelId, secondSensorChannelId } = loop;
  return secondSensorChannelId === null ? [sensorChannelId] : [sensorChannelId, secondSensorChannelId];
}
