import { z } from "zod";
import type { ChannelSpec, DeviceDriver, DriverDefinition, FileBus, Sample } from "#main/hardware/ports.ts";

/** A text file as a device: real I/O over the file bus, as the kernel's sysfs devices have it. */
const FileParams = z.strictObject({ path: z.string() });
const TIMEOUT_MS = 1_000;

const PROBE: ChannelSpec = {
  key: "value",
  name: "Probe",
  kind: "sensor",
  quantity: "temperature",
  unit: "°C",
  role: "display",
  pollIntervalS: 1,
};
const RELAY: ChannelSpec = {
  key: "relay",
  name: "Relay",
  kind: "switch",
  quantity: "generic",
  unit: "%",
  role: "heater",
  pollIntervalS: 1,
};

interface FileProbeOptions {
  readonly path: string;
  readonly timeoutMs?: number;
}

export class FileProbeDriver implements DeviceDriver {
  readonly timeoutMs: number;
  readonly #files: FileBus;
  readonly #path: string;

  constructor(files: FileBus, { path, timeoutMs = TIMEOUT_MS }: FileProbeOptions) {
    this.#files = files;
    this.#path = path;
    this.timeoutMs = timeoutMs;
  }

  async open(signal: AbortSignal): Promise<readonly ChannelSpec[]> {
    await this.#files.readText(this.#path, signal);
    return [PROBE];
  }

  async sample(_keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>> {
    return new Map([[PROBE.key, { value: Number(await this.#files.readText(this.#path, signal)) }]]);
  }

  async close(): Promise<void> {}
}

class FileRelayDriver implements DeviceDriver {
  readonly timeoutMs = TIMEOUT_MS;
  readonly #files: FileBus;
  readonly #path: string;

  constructor(files: FileBus, path: string) {
    this.#files = files;
    this.#path = path;
  }

  async open(): Promise<readonly ChannelSpec[]> {
    return [RELAY];
  }

  async sample(): Promise<ReadonlyMap<string, Sample>> {
    return new Map();
  }

  async write(_key: string, levelPct: number, signal: AbortSignal): Promise<void> {
    await this.#files.writeText(this.#path, `${levelPct}`, signal);
  }

  async readBack(_key: string, signal: AbortSignal): Promise<number> {
    return Number(await this.#files.readText(this.#path, signal));
  }

  async close(): Promise<void> {}
}

type Create = (files: FileBus, path: string) => DeviceDriver;

function fileDriver(type: string, channel: ChannelSpec, create: Create): DriverDefinition {
  return {
    type,
    title: type,
    category: "system",
    params: FileParams,
    channels: [channel],
    simulated: false,
    unsupportedReason: () => null,
    addressOf: (params) => FileParams.parse(params).path,
    create: (params, { buses }) => create(buses.files, FileParams.parse(params).path),
  };
}

/** The type of a temperature probe that is a file, and of a relay that is one. */
export const FILE_PROBE = "file-probe";
export const FILE_RELAY = "file-relay";

export const FILE_DRIVERS: readonly DriverDefinition[] = [
  fileDriver(FILE_PROBE, PROBE, (files, path) => new FileProbeDriver(files, { path })),
  fileDriver(FILE_RELAY, RELAY, (files, path) => new FileRelayDriver(files, path)),
];
