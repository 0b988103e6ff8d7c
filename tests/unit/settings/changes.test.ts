import { expect, test } from "vitest";
import { ChannelId, ControllerId, DeviceId, LoopId } from "#contract/ids.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ChannelSettings } from "#main/settings/channels.ts";
import { ConfigurationKeeper } from "#main/settings/configuration-keeper.ts";
import { DeviceSettings } from "#main/settings/devices.ts";
import { LoopSettings } from "#main/settings/loops.ts";
import type { DriverCatalog } from "#main/settings/ports.ts";
import { TankProfile } from "#main/settings/tank.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { thermostatState } from "#tests/builders/thermostat.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";

const catalog: DriverCatalog = {
  types: () => [],
  parseParams: (_, params) => params as Record<string, never>,
  addressOf: () => null,
  isSimulated: () => true,
};
const SINCE = "1970-01-01T00:00:00.000Z";

/** The settings over one device, its two channels and one loop, and what each tells of changes. */
async function bench() {
  const start = configOf();
  const repository = new FakeConfigurationRepository();
  const snapshot = new FakeConfigurationSnapshot();
  const controllerId = ControllerId.parse(newId(0));
  const keeper = new ConfigurationKeeper({ repository, snapshot, controllerId, log: SILENT_LOG });
  await keeper.change(() => start);
  const statusListeners = new Set<(id: DeviceId) => void>();
  const stateListeners = new Set<(id: LoopId) => void>();
  const runtime = {
    status: () => ({ state: "online" as const, since: SINCE, lastError: null }),
    contacted: async () => undefined,
    test: async () => ({ ok: true, detail: "The device answers.", latencyMs: 1 }),
    onStatusChange: (listener: (id: DeviceId) => void) => {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
  };
  const live = thermostatState();
  const loopRuntime = {
    stateOf: () => live,
    refill: async () => undefined,
    onStateChange: (listener: (id: LoopId) => void) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
  const clock = new VirtualClock();
  const devices = new DeviceSettings({ keeper, catalog, runtime, clock });
  const channels = new ChannelSettings({ keeper, catalog, log: SILENT_LOG });
  const loops = new LoopSettings({ keeper, runtime: loopRuntime, clock });
  const [deviceId, probeId, loopId] = [start.devices[0]?.id, start.channels[0]?.id, start.loops[0]?.id];
  const ids = {
    deviceId: DeviceId.parse(deviceId),
    probeId: ChannelId.parse(probeId),
    loopId: LoopId.parse(loopId),
  };
  return { ...ids, repository, keeper, devices, channels, loops, statusListeners, stateListeners };
}

/** Hands back what was heard since it was last asked. */
function hearing<T>(subscribe: (listener: (what: T) => void) => () => void) {
  const heard: T[] = [];
  const cancel = subscribe((what) => heard.push(what));
  return { since: () => heard.splice(0), cancel };
}

test("a device that is added, changed, loses its status, has a channel changed or goes is told of, and no other", async () => {
  const { devices, channels, loops, deviceId, probeId, loopId, statusListeners } = await bench();
  const { since, cancel } = hearing<DeviceId>((listener) => devices.onChange(listener));
  const { id } = await devices.create({ type: "host", name: "Host", params: {}, isEnabled: true });
  expect(since()).toEqual([id]);
  await devices.update(id, { name: "Computer" });
  expect(since()).toEqual([id]);
  await channels.update(probeId, { name: "Display" });
  expect(since()).toEqual([deviceId]);
  for (const listener of statusListeners) listener(deviceId);
  expect(since()).toEqual([deviceId]);
  await devices.remove(id);
  expect(since()).toEqual([id]);
  await loops.update(loopId, { setpointC: 26 });
  expect(since()).toEqual([]);

  cancel();
  await channels.update(probeId, { name: "Sump" });
  expect(since()).toEqual([]);
  expect(statusListeners.size).toBe(0);
});

test("the last device to go takes its channels along, and is told of once", async () => {
  const { devices, loops, deviceId, loopId } = await bench();
  await loops.remove(loopId);
  const { since } = hearing<DeviceId>((listener) => devices.onChange(listener));
  await devices.remove(deviceId);
  expect(since()).toEqual([deviceId]);
});

test("a loop that is added, changed, does something else or goes is told of", async () => {
  const { loops, channels, loopId, probeId, stateListeners } = await bench();
  const { since, cancel } = hearing<LoopId>((listener) => loops.onChange(listener));
  await loops.update(loopId, { setpointC: 26 });
  for (const listener of stateListeners) listener(loopId);
  expect(since()).toEqual([loopId, loopId]);
  await channels.update(probeId, { name: "Display" });
  expect(since()).toEqual([]);
  await loops.remove(loopId);
  expect(since()).toEqual([loopId]);
  cancel();
  expect(stateListeners.size).toBe(0);
});

test("the tank's settings change field by field, are stored with the configuration, and are told of when they change", async () => {
  const { keeper, repository, channels, probeId } = await bench();
  const tank = new TankProfile(keeper);
  const { since, cancel } = hearing<unknown>((listener) => tank.onChange(listener));
  const place = { latitudeDeg: 52.5, longitudeDeg: 13.4 };
  const next = await tank.update({ timeZone: "Europe/Berlin", place });
  expect(next).toEqual({ ...configOf().tank, timeZone: "Europe/Berlin", place });
  expect(repository.stored?.tank).toEqual(next);
  expect(since()).toEqual([next]);

  const { revision } = keeper.current();
  expect(await tank.update({})).toEqual(next);
  expect(keeper.current().revision).toBe(revision);
  await channels.update(probeId, { name: "Display" });
  expect(since()).toEqual([]);

  repository.isAway = true;
  await expect(tank.update({ systemVolumeL: 400 })).rejects.toMatchObject({ code: "database-away" });
  expect(tank.get()).toEqual(next);
  cancel();
});
