import { messageOf } from "#contract/errors.ts";
import type { ChannelSpec, DeviceDriver, DriverContext, DriverDefinition, FileBus, Sample } from "../../ports.ts";
import { HOST_CHANNELS, type HostKey, isHostKey } from "./channels.ts";
import { cpuTemperatureFrom } from "./codec.ts";
import { type HostFacts, OS_FACTS } from "./host-facts.ts";
import { HostParams } from "./params.ts";

/** A sysfs read through the bus child, or a `statfs`, of a machine under load. */
const TIMEOUT_MS = 3_000;

/** The machine this program runs on. What it cannot say at first contact it does not offer. */
export class HostDriver implements DeviceDriver {
  readonly timeoutMs = TIMEOUT_MS;
  readonly #params: HostParams;
  readonly #files: FileBus;
  readonly #facts: HostFacts;

  constructor(params: HostParams, { buses }: Pick<DriverContext, "buses">, facts: HostFacts = OS_FACTS) {
    this.#params = params;
    this.#files = buses.files;
    this.#facts = facts;
  }

  async open(signal: AbortSignal): Promise<readonly ChannelSpec[]> {
    const keys = HOST_CHANNELS.map((channel) => channel.key);
    const samples = await this.sample(keys, signal);
    return HOST_CHANNELS.filter((channel) => "value" in (samples.get(channel.key) ?? {}));
  }

  /** One part of the machine that does not answer leaves the others as they are. */
  async sample(keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>> {
    const samples = await Promise.all(keys.map(async (key) => [key, await this.#sampleOne(key, signal)] as const));
    return new Map(samples);
  }

  async close(): Promise<void> {}

  async #sampleOne(key: string, signal: AbortSignal): Promise<Sample> {
    if (!isHostKey(key)) return { fault: "fault", message: `this machine has no channel ${key}` };
    try {
      const value = await this.#read(key, signal);
      return value === null
        ? { fault: "comm", message: "this system does not count it" }
        : { value: rounded(value) };
    } catch (error) {
      return { fault: "comm", message: messageOf(error) };
    }
  }

  async #read(key: HostKey, signal: AbortSignal): Promise<number | null> {
    switch (key) {
      case "cpu-temperature":
        return cpuTemperatureFrom(await this.#files.readText(this.#params.thermalZonePath, signal));
      case "memory-used":
        return this.#facts.memoryUsedPct();
      case "disk-used":
        return this.#facts.diskUsedPct(this.#params.diskPath);
      case "load-1-min":
        return this.#facts.load1Min();
    }
  }
}

export const hostDriver: DriverDefinition<typeof HostParams> = {
  type: "host",
  title: "This machine",
  category: "system",
  get params() {
    return HostParams;
  },
  channels: HOST_CHANNELS,
  simulated: false,
  unsupportedReason: () => null,
  addressOf: () => null,
  create: (params, context) => new HostDriver(params, context),
};

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
