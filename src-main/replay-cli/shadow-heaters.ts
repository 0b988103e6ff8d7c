import type { ChannelConfig } from "#contract/channels.ts";
import { ChannelId, LoopId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import { DEFAULT_MIDPOINT } from "#domain/alarms/limit-table.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { ControlLoops } from "../control/control-loops.ts";
import { Arbiter } from "../outputs/arbiter.ts";
import { LoopInterlocks } from "../outputs/interlocks/loop-interlocks.ts";
import type { OutputStateStore } from "../outputs/ports.ts";
import { newId } from "../platform/ids.ts";
import { SILENT_LOG } from "../platform/logger.ts";
import type { Cancel } from "../platform/ports.ts";
import type { RecordedTank } from "./recorded-tank.ts";
import type { ReplayConfig } from "./replay-config.ts";

/** A thermostat of ours beside a recorded heater. */
export interface Shadow {
  readonly output: string;
  readonly sensor: string;
  readonly setpointC: number;
  readonly hysteresisC: number;
}

/** A heater's power draws at least this while it is on, W. */
const ON_ABOVE_W = 5;

/** Nothing outlives a replay. */
const NOTHING_KEPT: OutputStateStore = {
  load: async () => ({ emergencyStop: { isActive: false, since: null, by: null }, outputs: [] }),
  saveEmergencyStop: async () => undefined,
  saveOutput: async () => undefined,
};

/** One thermostat for every recorded heater whose power was measured, on the probe with its number (HEATER-3W, Tmp-3). */
export function defaultShadows(channels: readonly ChannelConfig[], shifts: ReadonlyMap<string, number>): Shadow[] {
  const probes = channels.filter((c) => c.quantity === "temperature");
  return channels
    .filter((c) => c.quantity === "power" && /^heater/i.test(c.name))
    .flatMap((heater) => {
      const number = /\d+/.exec(heater.name)?.[0];
      const probe = probes.find((p) => /\d+/.exec(p.name)?.[0] === number) ?? probes[0];
      if (probe === undefined) return [];
      const setpointC = (DEFAULT_MIDPOINT.temperature ?? 25.5) + (shifts.get(probe.name) ?? 0);
      return [{ output: heater.name, sensor: probe.name, setpointC, hysteresisC: 0.15 }];
    });
}

export function shadowsFrom({ thermostats }: ReplayConfig): Shadow[] {
  return thermostats.map((t) => ({ ...t }));
}

interface ShadowHeatersDeps {
  readonly tank: RecordedTank;
  readonly shadows: readonly Shadow[];
  readonly onOutput: (name: string, output: Output) => void;
}

/** Runs our thermostats, arbiter and interlocks on recorded temperatures. Nothing recorded is changed by what they decide. */
export class ShadowHeaters {
  readonly #deps: ShadowHeatersDeps;
  readonly #arbiter: Arbiter;
  readonly #loops: ControlLoops;
  readonly #starts = new Map<string, { ours: number; recorded: number }>();
  #stopTelling: Cancel = () => undefined;

  constructor(deps: ShadowHeatersDeps) {
    this.#deps = deps;
    const { clock, readings, channels } = deps.tank;
    this.#arbiter = new Arbiter({
      store: NOTHING_KEPT,
      events: { append: () => undefined },
      clock,
      log: SILENT_LOG,
    });
    this.#loops = new ControlLoops({
      readings,
      outputs: this.#arbiter,
      clock,
      log: SILENT_LOG,
      channelOf: (id) => channels.find((c) => c.id === id) ?? null,
      timeZone: () => "UTC",
    });
  }

  async start(): Promise<void> {
    const { tank, shadows, onOutput } = this.#deps;
    await this.#arbiter.start();
    const heaters = new Map<ChannelId, Shadow>();
    const loops: ThermostatConfig[] = [];
    for (const shadow of shadows) {
      const sensor = tank.channelNamed(shadow.sensor);
      const recorded = tank.channelNamed(shadow.output);
      if (sensor === undefined || recorded === undefined) continue;
      const heater = heaterLike(recorded);
      heaters.set(heater.id, shadow);
      this.#starts.set(shadow.output, { ours: 0, recorded: 0 });
      this.#countRecorded(shadow.output, recorded.id);
      loops.push(loopOf(shadow, sensor.id, heater.id));
      let actual = 0;
      await this.#arbiter.register(heater, {
        write: async (levelPct) => {
          const starts = this.#starts.get(shadow.output);
          if (starts !== undefined && levelPct > 0 && actual === 0) starts.ours++;
          actual = levelPct;
        },
        readBack: async () => actual,
      });
    }
    this.#stopTelling = this.#arbiter.onChange((output) => {
      const shadow = heaters.get(output.channelId);
      if (shadow !== undefined) onOutput(shadow.output, output);
    });
    const interlocks = new LoopInterlocks({ readings: tank.readings, outputs: this.#arbiter, clock: tank.clock });
    // Each heater stands in a tank of its own: another tank's probe says nothing about it.
    interlocks.configure({ loops, channels: [] });
    this.#loops.start();
    this.#loops.configure(loops);
  }

  /** Starts a day, ours beside the recorded heater's. @param days the recording's length */
  startsPerDay(days: number): Record<string, { startsPerDay: number; recordedStartsPerDay: number }> {
    const perDay = (starts: number) => Math.round((100 * starts) / days) / 100;
    return Object.fromEntries(
      [...this.#starts].map(([name, { ours, recorded }]) => [
        name,
        { startsPerDay: perDay(ours), recordedStartsPerDay: perDay(recorded) },
      ]),
    );
  }

  /** The recording is over: what its end does to the heaters is not told. */
  async stop(): Promise<void> {
    this.#stopTelling();
    await this.#loops.stop();
  }

  #countRecorded(name: string, channelId: ChannelId): void {
    let wasOn = false;
    this.#deps.tank.readings.subscribe(`recorded ${name}`, (reading) => {
      if (reading.channelId !== channelId || reading.value === null) return;
      const isOn = reading.value > ON_ABOVE_W;
      const starts = this.#starts.get(name);
      if (isOn && !wasOn && starts !== undefined) starts.recorded++;
      wasOn = isOn;
    });
  }
}

function heaterLike(recorded: ChannelConfig): ChannelConfig {
  return {
    ...recorded,
    id: ChannelId.parse(newId(0)),
    kind: "switch",
    quantity: "generic",
    unit: "%",
    role: "heater",
    output: defaultOutputSettings("heater"),
  };
}

function loopOf(shadow: Shadow, sensorChannelId: ChannelId, heaterChannelId: ChannelId): ThermostatConfig {
  return {
    id: LoopId.parse(newId(0)),
    type: "thermostat",
    name: `Thermostat beside ${shadow.output}`,
    isEnabled: true,
    sensorChannelId,
    secondSensorChannelId: null,
    heaterChannelId,
    chillerChannelId: null,
    setpointC: shadow.setpointC,
    hysteresisC: shadow.hysteresisC,
    night: null,
    monthlyOffsetsC: null,
    holdsLastDuty: false,
    roomSensorChannelId: null,
  };
}
