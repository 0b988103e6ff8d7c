import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import { ReefFault } from "#contract/errors.ts";
import { ChannelId, ControllerId, DeviceId, LoopId } from "#contract/ids.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ChannelSettings } from "#main/settings/channels.ts";
import { ConfigurationKeeper, NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { DeviceSettings } from "#main/settings/devices.ts";
import { LoopSettings } from "#main/settings/loops.ts";
import type { Configuration, DriverCatalog } from "#main/settings/ports.ts";
import { thermostatConfig, thermostatState } from "#tests/builders/thermostat.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";

const controllerId = ControllerId.parse(newId(0));
const deviceId = DeviceId.parse(newId(1));

function channel(key: string, over: Partial<ChannelConfig>): ChannelConfig {
  return {
    id: ChannelId.parse(newId(2)),
    deviceId,
    key,
    name: key,
    kind: "sensor",
    quantity: "temperature",
    unit: "°C",
    role: "display",
    pollIntervalS: 1,
    limits: null,
    calibration: null,
    output: null,
    ...over,
  };
}
const output = (key: string, role: "heater" | "generic" | "chiller") =>
  channel(key, { kind: "switch", quantity: "generic", unit: "%", role, output: defaultOutputSettings(role) });

const probe = channel("probe", {});
const ph = channel("ph", { quantity: "ph", unit: "pH" });
const heater = output("heater", "heater");
const spare = output("spare", "generic");

const catalog: DriverCatalog = {
  types: () => [],
  parseParams: (type, params) => {
    if (type !== "probe") throw new ReefFault("invalid", "There is no such type.");
    return params as Record<string, never>;
  },
  addressOf: (_, params) => (typeof params["romId"] === "string" ? params["romId"] : null),
  isSimulated: () => true,
};

async function settingsOn(start: Partial<Configuration> = {}) {
  const repository = new FakeConfigurationRepository();
  const snapshot = new FakeConfigurationSnapshot();
  const keeper = new ConfigurationKeeper({ repository, snapshot, controllerId, log: SILENT_LOG });
  await keeper.change((c) => ({
    ...c,
    devices: [
      { id: deviceId, type: "probe", name: "Probe", params: { romId: "28-1", extra: 1 }, isEnabled: true },
    ],
    channels: [probe, ph, heater, spare],
    ...start,
  }));
  const clock = new VirtualClock();
  const runtime = {
    status: () => ({ state: "online" as const, since: "1970-01-01T00:00:00.000Z", lastError: null }),
    contacted: async () => undefined,
    test: async () => ({ ok: true, detail: "The device answers.", latencyMs: 1 }),
    onStatusChange: () => () => undefined,
  };
  const loopRuntime = {
    onStateChange: () => () => undefined,
    stateOf: () => thermostatState(),
    refill: async () => undefined,
  };
  return {
    repository,
    snapshot,
    keeper,
    devices: new DeviceSettings({ keeper, catalog, runtime, clock }),
    channels: new ChannelSettings({ keeper, catalog, log: SILENT_LOG }),
    loops: new LoopSettings({ keeper, runtime: loopRuntime, clock }),
  };
}

const thermostat = thermostatConfig({ sensorChannelId: probe.id, heaterChannelId: heater.id });

test("a change is stored in the database first, then locally, then announced", async () => {
  const { repository, snapshot, keeper } = await settingsOn();
  const heard: unknown[] = [];
  const cancel = keeper.onChange((next, previous) =>
    heard.push([previous.revision, next.revision, repository.stored?.revision, snapshot.stored?.revision]),
  );
  await keeper.change((c) => ({ ...c, isAcquisitionRunning: false }));
  cancel();
  await keeper.change((c) => ({ ...c, isAcquisitionRunning: true }));
  expect(heard).toEqual([[1, 2, 2, 2]]);
});

test("a listener that throws keeps no other from hearing of a change", async () => {
  const { keeper } = await settingsOn();
  let heard = 0;
  keeper.onChange(() => {
    throw new Error("a part of ours is broken");
  });
  keeper.onChange(() => heard++);
  await keeper.change((c) => ({ ...c, isAcquisitionRunning: false }));
  await keeper.reconcile();
  expect(heard).toBe(1);
});

test("with the database away nothing changes, and the next change goes through", async () => {
  const { repository, keeper } = await settingsOn();
  repository.isAway = true;
  await expect(keeper.change((c) => ({ ...c, isAcquisitionRunning: false }))).rejects.toMatchObject({
    code: "database-away",
  });
  expect(keeper.current()).toMatchObject({ revision: 1, isAcquisitionRunning: true });
  repository.isAway = false;
  await keeper.change((c) => ({ ...c, isAcquisitionRunning: false }));
  expect(keeper.current()).toMatchObject({ revision: 2, isAcquisitionRunning: false });
});

test("what a change leaves as it was is not saved", async () => {
  const { keeper } = await settingsOn();
  await keeper.change((c) => c);
  expect(keeper.current().revision).toBe(1);
});

test("a local copy that cannot be written or read keeps nothing from running", async () => {
  const { repository, snapshot, keeper } = await settingsOn();
  snapshot.failure = new ReefFault("store-full", "The disk is full.");
  await keeper.change((c) => ({ ...c, isAcquisitionRunning: false }));
  expect(keeper.current().revision).toBe(2);
  const next = new ConfigurationKeeper({ repository, snapshot, controllerId, log: SILENT_LOG });
  await next.start();
  expect(next.isEmpty()).toBe(true);
  await next.reconcile();
  expect(next.current().revision).toBe(2);
});

test("from power-on the local copy is in force; the database's wins when it is newer, and a new database is given ours", async () => {
  const { repository, snapshot, keeper } = await settingsOn();
  const restarted = new ConfigurationKeeper({ repository, snapshot, controllerId, log: SILENT_LOG });
  await restarted.start();
  expect(restarted.current()).toEqual(keeper.current());
  repository.stored = { ...keeper.current(), revision: 7, isAcquisitionRunning: false };
  await restarted.reconcile();
  expect(restarted.current().revision).toBe(7);
  repository.stored = null;
  await restarted.reconcile();
  expect(repository.stored).toEqual(restarted.current());
});

test("an empty database and an empty local copy stay empty", async () => {
  const repository = new FakeConfigurationRepository();
  const keeper = new ConfigurationKeeper({
    repository,
    snapshot: new FakeConfigurationSnapshot(),
    controllerId,
    log: SILENT_LOG,
  });
  await keeper.reconcile();
  expect(repository.stored).toBeNull();
  expect(keeper.current()).toEqual(NOTHING_CONFIGURED);
});

test("two devices at one address are refused, with the first one's name", async () => {
  const { devices } = await settingsOn();
  const twin = { type: "probe", name: "Twin", params: { romId: "28-1" }, isEnabled: true };
  await expect(devices.create(twin)).rejects.toMatchObject({
    code: "conflict",
    message: "Probe is at this address already.",
  });
  const other = await devices.create({ ...twin, params: { romId: "28-2" } });
  expect(devices.list().map((d) => d.name)).toEqual(["Probe", "Twin"]);
  await expect(devices.update(other.id, { params: { romId: "28-1" } })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a patch of parameters leaves the others", async () => {
  const { devices } = await settingsOn();
  expect((await devices.update(deviceId, { params: { extra: 2 } })).params).toEqual({ romId: "28-1", extra: 2 });
  expect((await devices.update(deviceId, { name: "Sump", isEnabled: false })).name).toBe("Sump");
});

test("a device whose channels a loop uses cannot be deleted until the loop is gone; the loop is named", async () => {
  const { devices, loops, keeper } = await settingsOn();
  const loop = await loops.create(thermostat);
  await expect(devices.remove(deviceId)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Temperature"),
  });
  await loops.remove(loop.id);
  await devices.remove(deviceId);
  expect(keeper.current().channels).toEqual([]);
});

test.each(["nothing", newId(9)])("an id of nothing (%s) is not found", async (id) => {
  const { devices, channels, loops } = await settingsOn();
  expect(() => devices.get(id)).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(() => channels.get(id)).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(() => loops.get(id)).toThrow(expect.objectContaining({ code: "not-found" }));
  await expect(devices.test(id)).rejects.toMatchObject({ code: "not-found" });
});

test("a loop needs a temperature probe and outputs of its roles; every misfit is named", async () => {
  const { loops } = await settingsOn();
  const wrong = {
    ...thermostat,
    sensorChannelId: ph.id,
    secondSensorChannelId: ph.id,
    heaterChannelId: spare.id,
    chillerChannelId: probe.id,
  };
  const fault = await loops.create(wrong).catch((error: unknown) => error);
  expect((fault as ReefFault).details.map((d) => d.field)).toEqual([
    "sensorChannelId",
    "secondSensorChannelId",
    "heaterChannelId",
    "chillerChannelId",
    "secondSensorChannelId",
  ]);
  const nowhere = await loops
    .create({ ...thermostat, sensorChannelId: ChannelId.parse(newId(5)) })
    .catch((e: unknown) => e);
  expect((nowhere as ReefFault).details).toEqual([
    { field: "sensorChannelId", message: "there is no such channel" },
  ]);
});

test("an output has one automatic claimant", async () => {
  const { loops } = await settingsOn();
  const first = await loops.create(thermostat);
  await expect(loops.create({ ...thermostat, name: "Second" })).rejects.toMatchObject({ code: "conflict" });
  expect(await loops.update(first.id, { setpointC: 24 })).toMatchObject({ setpointC: 24 });
  await expect(loops.update(first.id, { heaterChannelId: null })).rejects.toMatchObject({ code: "invalid" });
  await expect(loops.update(LoopId.parse(newId(3)), {})).rejects.toMatchObject({ code: "not-found" });
});

test("a new role brings its defaults, and what the patch says goes over them", async () => {
  const { channels } = await settingsOn();
  const changed = await channels.update(spare.id, { role: "heater", guards: { minOffS: 240 } });
  expect(changed.guards).toEqual({ ...defaultOutputSettings("heater").guards, minOffS: 240 });
  expect((await channels.update(spare.id, { guards: { maxOnS: null, minOnS: 5 } })).guards).toMatchObject({
    minOffS: 240,
    minOnS: 5,
  });
});

test("a role a loop depends on cannot be taken away", async () => {
  const { channels, loops } = await settingsOn();
  await loops.create(thermostat);
  await expect(channels.update(heater.id, { role: "generic" })).rejects.toMatchObject({ code: "conflict" });
  expect((await channels.update(probe.id, { role: "sump" })).role).toBe("sump");
});

test("settings that do not fit the kind of channel are refused, each by name", async () => {
  const { channels } = await settingsOn();
  const onSensor = await channels
    .update(probe.id, { role: "heater", safeState: 0, guards: {} })
    .catch((e: unknown) => e);
  expect((onSensor as ReefFault).details.map((d) => d.field)).toEqual(["role", "safeState", "guards"]);
  const onSwitch = await channels
    .update(heater.id, {
      role: "display",
      calibration: null,
      pollIntervalS: 1,
      safeState: 50,
      emergencyState: 100,
    })
    .catch((e: unknown) => e);
  expect((onSwitch as ReefFault).details.map((d) => d.field)).toEqual([
    "role",
    "calibration",
    "pollIntervalS",
    "safeState",
  ]);
});

test("a sensor takes a name, limits, an interval and a calibration, and gives the last two up again", async () => {
  const { channels } = await settingsOn();
  const set = await channels.update(probe.id, {
    name: "Display",
    limits: { min: 24, max: 27 },
    calibration: { offset: 0.3 },
    pollIntervalS: 5,
  });
  expect(set).toMatchObject({
    name: "Display",
    limits: { min: 24, max: 27 },
    calibration: { offset: 0.3 },
    pollIntervalS: 5,
    guards: null,
  });
  expect(await channels.update(probe.id, { limits: null, calibration: null })).toMatchObject({
    limits: null,
    calibration: null,
  });
});

test("channels are filtered by kind, quantity, role and device", async () => {
  const { channels } = await settingsOn();
  expect(channels.list({}).map((c) => c.key)).toEqual(["probe", "ph", "heater", "spare"]);
  expect(channels.list({ kind: "switch", role: "heater" }).map((c) => c.key)).toEqual(["heater"]);
  expect(channels.list({ quantity: "ph", deviceId }).map((c) => c.key)).toEqual(["ph"]);
  expect(channels.list({ deviceId: DeviceId.parse(newId(8)) })).toEqual([]);
});

test("a pH calibration whose slope no healthy probe has is refused, and says so", async () => {
  const { channels } = await settingsOn();
  const points = [
    { raw: 7, actual: 7 },
    { raw: 8, actual: 10 },
  ];
  const fault = await channels.update(ph.id, { calibration: { points } }).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: "invalid", details: [{ field: "calibration" }] });
});
