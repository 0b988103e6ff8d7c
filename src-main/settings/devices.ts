import type { ChannelConfig } from "#contract/channels.ts";
import type {
  Device,
  DeviceConfig,
  DeviceCreate,
  DevicePatch,
  DeviceTestResult,
  DeviceType,
} from "#contract/devices.ts";
import { ReefFault } from "#contract/errors.ts";
import { DeviceId } from "#contract/ids.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { changedIds } from "./changed-items.ts";
import { alarmsUsing, loopsUsing, modesUsing, outputsUsing } from "./channel-users.ts";
import { channelView } from "./channels.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import type { Configuration, DeviceRuntime, DevicesService, DriverCatalog } from "./ports.ts";

/** How long creating a device waits for its first answer, so that its channels are in the reply. */
const FIRST_CONTACT_MS = 3_000;

interface DeviceSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly catalog: DriverCatalog;
  readonly runtime: DeviceRuntime;
  readonly clock: Clock;
}

/** What a keeper may set of devices. Running them is the runtime's. */
export class DeviceSettings implements DevicesService {
  readonly #deps: DeviceSettingsDeps;

  constructor(deps: DeviceSettingsDeps) {
    this.#deps = deps;
  }

  types(): readonly DeviceType[] {
    return this.#deps.catalog.types();
  }

  list(): readonly Device[] {
    const configuration = this.#deps.keeper.current();
    return configuration.devices.map((device) => this.#view(device, configuration));
  }

  get(id: string): Device {
    const configuration = this.#deps.keeper.current();
    return this.#view(deviceIn(configuration, id), configuration);
  }

  async create(request: DeviceCreate): Promise<Device> {
    const { keeper, catalog, runtime, clock } = this.#deps;
    const params = catalog.parseParams(request.type, request.params);
    const device: DeviceConfig = { ...request, params, id: DeviceId.parse(newId(clock.nowMs())) };
    await keeper.change((current) => {
      this.#refuseTwin(device, current);
      return { ...current, devices: [...current.devices, device] };
    });
    if (device.isEnabled) await runtime.contacted(device.id, FIRST_CONTACT_MS);
    return this.get(device.id);
  }

  async update(id: string, patch: DevicePatch): Promise<Device> {
    const { keeper, catalog } = this.#deps;
    await keeper.change((current) => {
      const before = deviceIn(current, id);
      const params =
        patch.params === undefined
          ? before.params
          : catalog.parseParams(before.type, { ...before.params, ...patch.params });
      const after = {
        ...before,
        name: patch.name ?? before.name,
        isEnabled: patch.isEnabled ?? before.isEnabled,
        params,
      };
      this.#refuseTwin(after, current);
      return { ...current, devices: current.devices.map((d) => (d === before ? after : d)) };
    });
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.keeper.change((current) => {
      const device = deviceIn(current, id);
      const channels = current.channels.filter((c) => c.deviceId === device.id);
      const ids = channels.map((c) => c.id);
      const users = [loopsUsing, modesUsing, outputsUsing, alarmsUsing].flatMap((using) => using(ids, current));
      if (users.length > 0) {
        throw new ReefFault(
          "conflict",
          `${device.name} is in use by ${users.map(({ name }) => name).join(", ")}; remove that first.`,
          {
            details: users.map(({ kind, id, name }) => ({ field: `${kind}s`, message: `${id} ${name}` })),
          },
        );
      }
      return {
        ...current,
        devices: current.devices.filter((d) => d !== device),
        channels: current.channels.filter((c) => !channels.includes(c)),
      };
    });
  }

  async test(id: string): Promise<DeviceTestResult> {
    return this.#deps.runtime.test(deviceIn(this.#deps.keeper.current(), id));
  }

  onChange(listener: (deviceId: DeviceId) => void): Cancel {
    const { keeper, runtime } = this.#deps;
    const cancels = [
      keeper.onChange((next, previous) => {
        for (const id of changedDevices(next, previous)) listener(id);
      }),
      runtime.onStatusChange(listener),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  #refuseTwin(device: DeviceConfig, current: Configuration): void {
    const { catalog } = this.#deps;
    const address = catalog.addressOf(device.type, device.params);
    if (address === null) return;
    const twin = current.devices.find(
      (d) => d.id !== device.id && d.type === device.type && catalog.addressOf(d.type, d.params) === address,
    );
    if (twin === undefined) return;
    throw new ReefFault("conflict", `${twin.name} is at this address already.`, {
      context: { deviceId: twin.id },
    });
  }

  #view(device: DeviceConfig, configuration: Configuration): Device {
    const { catalog, runtime } = this.#deps;
    const channels: readonly ChannelConfig[] = configuration.channels.filter((c) => c.deviceId === device.id);
    return {
      ...device,
      simulated: catalog.isSimulated(device.type),
      status: runtime.status(device.id),
      channels: channels.map((c) => channelView(c, configuration, catalog)),
    };
  }
}

/** Its own settings, or one of its channels. */
function changedDevices(next: Configuration, previous: Configuration): ReadonlySet<DeviceId> {
  const channelIds = changedIds(next.channels, previous.channels);
  const ofChannels = [...next.channels, ...previous.channels].filter(({ id }) => channelIds.has(id));
  const ids = changedIds(next.devices, previous.devices);
  return new Set([...ids, ...ofChannels.map(({ deviceId }) => deviceId)]);
}

function deviceIn({ devices }: Configuration, id: string): DeviceConfig {
  return found(
    devices.find((d) => d.id === id),
    "device",
    id,
  );
}
