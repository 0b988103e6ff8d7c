import type { Channel, ChannelFilter, ChannelPatch } from "#contract/channels.ts";
import type { Device, DeviceCreate, DevicePatch, DeviceTestResult, DeviceType } from "#contract/devices.ts";
import { ReefFault } from "#contract/errors.ts";
import { DeviceId, LoopId } from "#contract/ids.ts";
import type { Loop, LoopCreate, LoopPatch } from "#contract/loops.ts";
import type { TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import { newId } from "#main/platform/ids.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import type { ChannelsService, DevicesService, LoopsService, TankSettingsService } from "#main/settings/ports.ts";
import { device } from "#tests/builders/api-things.ts";
import { thermostatState } from "../builders/thermostat.ts";

const SINCE = "2026-01-01T00:00:00.000Z";

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new ReefFault("not-found", "There is nothing with this id");
  return thing;
}

/** Devices in a list; `failure` is thrown by whatever changes one. */
export class FakeDevices implements DevicesService {
  devices: Device[] = [];
  readonly listeners = new Set<(id: DeviceId) => void>();
  failure: Error | null = null;

  types(): readonly DeviceType[] {
    const channels = [{ key: "display", kind: "sensor", quantity: "temperature", unit: "°C" } as const];
    const known = { category: "simulation", paramsSchema: {}, simulated: true, supported: true } as const;
    return [{ type: "simulated-tank", title: "Simulated tank", channels, unsupportedReason: null, ...known }].map(
      (type) => ({
        ...type,
        channels: [...type.channels],
      }),
    );
  }

  list(): readonly Device[] {
    return this.devices;
  }

  get(id: string): Device {
    return found(this.devices.find((candidate) => candidate.id === id));
  }

  async create(request: DeviceCreate): Promise<Device> {
    this.#act();
    const created = device({ ...request, id: DeviceId.parse(newId(this.devices.length)) });
    this.devices.push(created);
    this.tell(created.id);
    return created;
  }

  async update(id: string, patch: DevicePatch): Promise<Device> {
    this.#act();
    return this.become({ ...this.get(id), ...(patch as Partial<Device>) });
  }

  async remove(id: string): Promise<void> {
    this.#act();
    const gone = this.get(id);
    this.devices = this.devices.filter((other) => other.id !== id);
    this.tell(gone.id);
  }

  onChange(listener: (id: DeviceId) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  become(device: Device): Device {
    this.devices = this.devices.map((other) => (other.id === device.id ? device : other));
    this.tell(device.id);
    return device;
  }

  tell(id: DeviceId): void {
    for (const listener of this.listeners) listener(id);
  }

  async test(id: string): Promise<DeviceTestResult> {
    this.#act();
    this.get(id);
    return { ok: true, detail: "answered", latencyMs: 1 };
  }

  #act(): void {
    if (this.failure !== null) throw this.failure;
  }
}

export class FakeChannels implements ChannelsService {
  channels: Channel[] = [];

  list(filter: ChannelFilter): readonly Channel[] {
    return this.channels.filter((channel) =>
      Object.entries(filter).every(
        ([name, value]) => value === undefined || channel[name as keyof Channel] === value,
      ),
    );
  }

  get(id: string): Channel {
    return found(this.channels.find((candidate) => candidate.id === id));
  }

  async update(id: string, patch: ChannelPatch): Promise<Channel> {
    const before = this.get(id);
    const { guards: _, ...rest } = patch;
    const changed = { ...before, ...(rest as Partial<Channel>) };
    this.channels = this.channels.map((other) => (other.id === id ? changed : other));
    return changed;
  }
}

export class FakeLoops implements LoopsService {
  loops: Loop[] = [];
  readonly listeners = new Set<(id: LoopId) => void>();

  list(): readonly Loop[] {
    return this.loops;
  }

  get(id: string): Loop {
    return found(this.loops.find((candidate) => candidate.id === id));
  }

  async create(request: LoopCreate): Promise<Loop> {
    const live = thermostatState({
      text: "Warm enough",
      processVariableC: 25.5,
      activeSetpointC: 25.5,
      since: SINCE,
    });
    const created: Loop = { ...request, id: LoopId.parse(newId(this.loops.length)), live };
    this.loops.push(created);
    this.#tell(created.id);
    return created;
  }

  async update(id: string, patch: LoopPatch): Promise<Loop> {
    const changed = { ...this.get(id), ...patch } as Loop;
    this.loops = this.loops.map((other) => (other.id === id ? changed : other));
    this.#tell(changed.id);
    return changed;
  }

  async remove(id: string): Promise<void> {
    const gone = this.get(id);
    this.loops = this.loops.filter((other) => other.id !== id);
    this.#tell(gone.id);
  }

  onChange(listener: (id: LoopId) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  #tell(id: LoopId): void {
    for (const listener of this.listeners) listener(id);
  }

  async refill(id: string): Promise<Loop> {
    return this.get(id);
  }
}

export class FakeTankSettings implements TankSettingsService {
  readonly listeners = new Set<(next: TankSettings) => void>();
  #settings: TankSettings = NOTHING_CONFIGURED.tank;

  get(): TankSettings {
    return this.#settings;
  }

  async update(patch: TankSettingsPatch): Promise<TankSettings> {
    this.#settings = { ...this.#settings, ...(patch as Partial<TankSettings>) };
    for (const listener of this.listeners) listener(this.#settings);
    return this.#settings;
  }

  onChange(listener: (next: TankSettings) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
