import type { ChannelConfig } from "#contract/channels.ts";
import { DeviceId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { channelFromSpec } from "#main/composition/channels-from-specs.ts";
import { demoTank } from "#main/composition/demo-tank.ts";
import { startTank, type Tank } from "#main/composition/start-tank.ts";
import { DRIVERS } from "#main/hardware/registry.ts";
import { NOTHING_KEPT } from "#main/outputs/nothing-kept.ts";
import type { OutputEvent, OutputStateStore } from "#main/outputs/ports.ts";
import { newId } from "#main/platform/ids.ts";
import { Lifecycle } from "#main/platform/lifecycle.ts";
import { JsonLogger, SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { settingsFrom } from "#main/settings/environment.ts";
import type { Configuration } from "#main/settings/ports.ts";

/** The core's tank side (everything that needs no Postgres) on virtual time, with the real drivers. */
export class VirtualTank {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 15));
  readonly readings: ReadingsBus;
  readonly published: Reading[] = [];
  readonly events: OutputEvent[] = [];
  readonly lifecycle = new Lifecycle(SILENT_LOG);
  tank!: Tank;
  configuration!: Configuration;

  constructor() {
    this.readings = new ReadingsBus({ log: SILENT_LOG, clock: this.clock });
  }

  /** Starts on this configuration; the demo tank's where none is given. */
  async start(configuration?: Configuration, outputState: OutputStateStore = NOTHING_KEPT): Promise<this> {
    const nowhere = new URL("file:///nowhere");
    this.readings.subscribe("test", (reading) => this.published.push(reading));
    this.tank = await startTank({
      parts: {
        settings: settingsFrom({}, "/nowhere"),
        files: {
          localStoreWorker: nowhere,
          fileBusChild: nowhere,
          whatIfWorker: nowhere,
          migrationsDir: "",
          rendererDir: "",
          docsUiDir: "",
        },
        drivers: DRIVERS,
        version: "0.0.0",
        clock: this.clock,
        log: new JsonLogger({ sink: { write: () => undefined }, clock: this.clock, level: "error" }),
        stopping: new AbortController().signal,
        onFatal: () => undefined,
      },
      lifecycle: this.lifecycle,
      readings: this.readings,
      outputState,
      outputEvents: { append: (event) => this.events.push(event) },
      onContact: async () => undefined,
    });
    this.apply(configuration ?? this.demo());
    await this.clock.advance(0);
    return this;
  }

  demo(): Configuration {
    const simulatedTank = DRIVERS.find((d) => d.type === "simulated-tank");
    if (simulatedTank === undefined) throw new Error("no simulated tank");
    return { ...demoTank(simulatedTank, this.clock.nowMs()), revision: 1 };
  }

  apply(configuration: Configuration): void {
    this.configuration = configuration;
    this.tank.apply(configuration);
  }

  channel(key: string): ChannelConfig {
    const channel = this.configuration.channels.find((c) => c.key === key);
    if (channel === undefined) throw new Error(`no channel ${key}`);
    return channel;
  }

  /** Switches the demo tank's faults while it runs. */
  setFaults(...faults: (string | { name: string; key: string })[]): void {
    const [demo, ...others] = this.configuration.devices;
    if (demo === undefined) throw new Error("no device");
    this.apply({ ...this.configuration, devices: [{ ...demo, params: { ...demo.params, faults } }, ...others] });
  }

  of(key: string): Reading[] {
    const { id } = this.channel(key);
    return this.published.filter((reading) => reading.channelId === id);
  }

  async stop(): Promise<void> {
    const stopping = this.lifecycle.stop();
    await this.clock.advance(5_000);
    await stopping;
  }
}

/** A simulated device whose one temperature probe is polled at this interval; its other channels are left out. */
export function probeDevice(intervalS: number, params: Record<string, string | number | string[]> = {}) {
  const simulatedTank = DRIVERS.find((d) => d.type === "simulated-tank");
  const spec = simulatedTank?.channels.find((c) => c.key === "display-temperature");
  if (simulatedTank === undefined || spec === undefined) throw new Error("no simulated tank");
  const deviceId = DeviceId.parse(newId(intervalS));
  return {
    device: {
      id: deviceId,
      type: "simulated-tank",
      name: `Probe every ${intervalS} s`,
      params: simulatedTank.params.parse(params) as Record<string, never>,
      isEnabled: true,
    },
    channel: channelFromSpec(deviceId, { ...spec, pollIntervalS: intervalS }, 0),
  };
}
