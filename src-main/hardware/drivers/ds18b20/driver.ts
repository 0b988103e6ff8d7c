import { ReefFault } from "#contract/errors.ts";
import type { ChannelSpec, DeviceDriver, DriverDefinition, OneWireBus, Sample } from "../../ports.ts";
import { decodeTemperatureFile, decodeW1Slave } from "./codec.ts";
import { Ds18b20Params } from "./params.ts";

/** 750 ms of conversion at 12 bits (datasheet table 2), twice for a slave whose master is busy, and the bus's own time. */
const TIMEOUT_MS = 2_000;

export const DS18B20_CHANNEL: ChannelSpec = {
  key: "temperature",
  name: "Temperature",
  kind: "sensor",
  quantity: "temperature",
  unit: "°C",
  role: "generic",
  pollIntervalS: 5,
};

/**
 * A DS18B20, DS1822, DS1825, DS28EA00 or DS18S20 thermometer on the kernel's 1-wire bus: ±0.5 °C from -10 to +85 °C
 * (Maxim DS18B20 datasheet 19-7487). A read starts a conversion, so readings closer than 1 s wait for one another.
 */
export class Ds18b20Driver implements DeviceDriver {
  readonly timeoutMs = TIMEOUT_MS;
  readonly #bus: OneWireBus;
  readonly #params: Ds18b20Params;

  constructor(bus: OneWireBus, params: Ds18b20Params) {
    this.#bus = bus;
    this.#params = params;
  }

  async open(signal: AbortSignal): Promise<readonly ChannelSpec[]> {
    // A clone that keeps its own resolution answers EIO here and measures all the same; the read below tells whether it does.
    await this.#setResolution(signal).catch(unlessBusIo);
    await this.#readTemperature(signal);
    return [DS18B20_CHANNEL];
  }

  async sample(keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>> {
    if (!keys.includes(DS18B20_CHANNEL.key)) return new Map();
    return new Map([[DS18B20_CHANNEL.key, await this.#readTemperature(signal)]]);
  }

  async close(): Promise<void> {
    // Nothing is held between two reads.
  }

  async #readTemperature(signal: AbortSignal): Promise<Sample> {
    const { romId } = this.#params;
    const text = await this.#readOptional("w1_slave", signal);
    if (text !== null) return decodeW1Slave(text, romId);
    return decodeTemperatureFile(await this.#read("temperature", signal), romId);
  }

  /** The register is the slave's RAM: it is set at each first contact, and only where it differs. */
  async #setResolution(signal: AbortSignal): Promise<void> {
    const wanted = String(this.#params.resolutionBits);
    const present = await this.#readOptional("resolution", signal);
    if (present === null || present.trim() === wanted) return;
    const { root, romId } = this.#params;
    await this.#bus.writeSlave({ root, romId, file: "resolution", text: wanted }, signal);
  }

  /** @returns null where the slave has no such file (a DS18S20 or an older kernel), or is not there itself */
  async #readOptional(file: string, signal: AbortSignal): Promise<string | null> {
    try {
      return await this.#read(file, signal);
    } catch (error) {
      if (error instanceof ReefFault && error.code === "device-unreachable") return null;
      throw error;
    }
  }

  #read(file: string, signal: AbortSignal): Promise<string> {
    const { root, romId } = this.#params;
    return this.#bus.readSlave({ root, romId, file }, signal);
  }
}

function unlessBusIo(error: unknown): void {
  if (!(error instanceof ReefFault && error.code === "bus-io")) throw error;
}

export const ds18b20Driver: DriverDefinition<typeof Ds18b20Params> = {
  type: "ds18b20",
  title: "DS18B20 thermometer (1-wire)",
  category: "probe",
  get params() {
    return Ds18b20Params;
  },
  channels: [DS18B20_CHANNEL],
  simulated: false,
  unsupportedReason: () =>
    process.platform === "linux"
      ? null
      : "1-wire thermometers need the Linux kernel's 1-wire bus; this is another system.",
  addressOf: (params) => params.romId,
  create: (params, context) => new Ds18b20Driver(context.buses.oneWire, params),
};
