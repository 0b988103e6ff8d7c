import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import {
  addDevice,
  channelOf,
  demoTank,
  type Json,
  latest,
  latestWhere,
  rowsBetween,
  setFaults,
  sleepMs,
} from "#tests/reef.ts";

const WINDOW_MS = 15_000;
const PROBE = "display-temperature";

let host: HeadlessHost;
let admin: ApiClient;
let everySecond: Json;
let everyFive: Json;
let hanging: Json;
let pollingFromMs = 0;

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
  hanging = await addDevice(admin, { type: "simulated-tank", name: "Hangs", params: { faults: ["hang"] } });
  everySecond = await addDevice(admin, { type: "simulated-tank", name: "Every second", params: { seed: 2 } });
  everyFive = await addDevice(admin, { type: "simulated-tank", name: "Every five", params: { seed: 3 } });
  const slower = await admin.patch(`/channels/${channelOf(everyFive, PROBE).id}`, { pollIntervalS: 5 });
  expect(slower).toMatchObject({ status: 200, body: { pollIntervalS: 5 } });
  pollingFromMs = Date.now();
});
afterAll(() => host.dispose());

const pollersOf = async (deviceId: string): Promise<Json[]> =>
  (await admin.get("/acquisition")).body.pollers.filter((p: Json) => p.deviceId === deviceId);

test.concurrent("a device is made, read, changed and removed, and every answer is the same device (Device CRUD)", async () => {
  const { status, body: made } = await admin.post("/devices", {
    type: "simulated-tank",
    name: "  Quarantine  ",
    params: { volumeL: 80, heaterW: 50 },
  });
  expect(status).toBe(201);
  expect(made).toMatchObject({
    name: "Quarantine",
    isEnabled: true,
    simulated: true,
    params: { volumeL: 80, heaterW: 50, seed: 1 },
    status: { state: "online", lastError: null },
  });
  expect(made.channels.map((c: Json) => c.key)).toContain(PROBE);
  const { body: listed } = await admin.get("/devices?limit=1000");
  expect(listed.items).toContainEqual((await admin.get(`/devices/${made.id}`)).body);

  const { body: renamed } = await admin.patch(`/devices/${made.id}`, { name: "Hospital" });
  expect(renamed).toMatchObject({ id: made.id, name: "Hospital", params: made.params });
  const { body: changed } = await admin.patch(`/devices/${made.id}`, { params: { roomMaxC: 27 } });
  expect(changed.params).toEqual({ ...made.params, roomMaxC: 27 });

  expect((await admin.delete(`/devices/${made.id}`)).status).toBe(204);
  expect((await admin.get(`/devices/${made.id}`)).status).toBe(404);
  expect((await admin.get(`/channels/${channelOf(made, PROBE).id}`)).status).toBe(404);
  expect((await admin.get(`/outputs/${channelOf(made, "heater").id}`)).status).toBe(404);
  expect((await admin.delete(`/devices/${made.id}`)).status).toBe(404);
});

test.concurrent("an address that is taken is 409, min above max and unknown parameters are 400, by name (Device CRUD)", async () => {
  const thermometer = (romId: string) => ({ type: "ds18b20", name: romId, params: { romId, root: "/nowhere" } });
  const { status, body: first } = await admin.post("/devices", thermometer("28-00000a1b2c3d"));
  expect(status).toBe(201);
  expect(first).toMatchObject({ channels: [], status: { state: "offline" } });
  const twin = await admin.post("/devices", thermometer("28-00000a1b2c3d"));
  expect(twin).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
  expect(twin.body.error.message).toContain(first.name);
  const { body: second } = await admin.post("/devices", thermometer("28-00000a1b2c3e"));
  const moved = await admin.patch(`/devices/${second.id}`, { params: { romId: "28-00000a1b2c3d" } });
  expect(moved.status).toBe(409);

  const refused = async (device: object) => {
    const { status: answered, body } = await admin.post("/devices", device);
    return [answered, body.error.details.map((d: Json) => d.field).toSorted()];
  };
  const tank = { type: "simulated-tank", name: "Tank" };
  expect(await refused({ ...tank, params: { roomMinC: 30, roomMaxC: 20 } })).toEqual([400, ["params.roomMinC"]]);
  expect(await refused({ ...tank, params: { colour: "red", seed: -1 } })).toEqual([
    400,
    ["params.colour", "params.seed"],
  ]);
  expect(await refused({ ...tank, params: { faults: ["no-such-fault"] } })).toEqual([400, ["params.faults.0"]]);
  expect(await refused({ ...tank, type: "flux-capacitor" })).toEqual([400, ["type"]]);
  expect(await refused({ ...thermometer("28-xyz") })).toEqual([400, ["params.romId"]]);
  for (const { id } of [first, second]) expect((await admin.delete(`/devices/${id}`)).status).toBe(204);
});

test.concurrent("removing what is in use is 409 and names its user (Device CRUD)", async () => {
  const tank = await demoTank(admin);
  const { status, body } = await admin.delete(`/devices/${tank.id}`);
  const { body: loops } = await admin.get("/loops");
  expect(status).toBe(409);
  expect(body.error.message).toContain(loops.items[0].name);
  expect(JSON.stringify(body.error.details)).toContain(loops.items[0].id);
  expect((await admin.get(`/devices/${tank.id}`)).status).toBe(200);
});

test.concurrent("types come with a JSON Schema that says what a device needs (Device type plug-ins)", async () => {
  const { body } = await admin.get("/devices/types");
  const types: Json[] = body.items;
  const schemaOf = (type: string) => types.find((t) => t.type === type)?.paramsSchema;
  expect(schemaOf("ds18b20").required).toEqual(["romId"]);
  expect(schemaOf("replay").required).toEqual(["file"]);
  expect(schemaOf("simulated-tank").properties.seed).toMatchObject({ type: "integer", default: 1 });
  for (const { type, supported, unsupportedReason, channels } of types) {
    expect([type, supported === (unsupportedReason === null)]).toEqual([type, true]);
    for (const channel of channels)
      expect(Object.keys(channel).toSorted()).toEqual(["key", "kind", "quantity", "unit"]);
  }
});

test.concurrent("a new device is read within its interval (New device polled promptly)", async () => {
  const fromMs = Date.now();
  const device = await addDevice(admin, { type: "simulated-tank", name: "New" });
  const first = await latestWhere(admin, channelOf(device, PROBE).id, {
    what: "a first reading",
    limitMs: 3_000,
    is: ({ takenAt }) => takenAt !== null,
  });
  expect(first.quality).toBe("good");
  expect(Date.parse(first.takenAt) - fromMs).toBeLessThan(1_000 + 500);
  expect((await admin.delete(`/devices/${device.id}`)).status).toBe(204);
});

test.concurrent("a live check succeeds, fails with words while unplugged, and works on a disabled device (Connection test)", async () => {
  const device = await addDevice(admin, { type: "simulated-tank", name: "Checked" });
  const check = async () => (await admin.post(`/devices/${device.id}/test`)).body;
  const statusOf = async () => (await admin.get(`/devices/${device.id}`)).body.status;
  expect(await check()).toEqual({
    ok: true,
    detail: expect.stringMatching(/\d+ of \d+/),
    latencyMs: expect.any(Number),
  });

  await setFaults(admin, device.id, ["unplugged"]);
  expect(await check()).toMatchObject({ ok: false, detail: expect.stringContaining("unplugged") });
  await until("it to be offline", 10_000, async () => ((await statusOf()).state === "offline" ? true : undefined));
  expect((await statusOf()).lastError).toContain("unplugged");
  expect(await latest(admin, channelOf(device, PROBE).id)).toMatchObject({
    value: null,
    quality: "bad",
    reason: "comm",
  });
  expect((await admin.get("/health")).body.checks.acquisition).toMatchObject({
    status: "degraded",
    detail: expect.stringContaining("Checked"),
  });

  await setFaults(admin, device.id, []);
  expect(await check()).toMatchObject({ ok: true });
  await until("it to be back", 15_000, async () => ((await statusOf()).state === "online" ? true : undefined));

  await setFaults(admin, device.id, [{ name: "probe-vanishes", key: "ph" }]);
  expect(await check()).toMatchObject({ ok: false, detail: expect.stringContaining("ph") });
  await setFaults(admin, device.id, []);

  expect((await admin.patch(`/devices/${device.id}`, { isEnabled: false })).body.status.state).toBe("disabled");
  expect(await check()).toMatchObject({ ok: true });
  expect(await pollersOf(device.id)).toEqual([]);
  expect((await admin.delete(`/devices/${device.id}`)).status).toBe(204);
  expect((await admin.post(`/devices/${device.id}/test`)).status).toBe(404);
});

test("two devices at 1 s and 5 s give 60 and 12 rows a minute, beside one that hangs (Real-time polling, per-device interval · Poll timeout/retry/isolation)", async () => {
  await sleepMs(Math.max(0, pollingFromMs + 1_000 + WINDOW_MS + 2_000 - Date.now()));
  const span = { fromMs: pollingFromMs + 1_000, toMs: pollingFromMs + 1_000 + WINDOW_MS };
  const rowsOf = async (device: Json) => (await rowsBetween(admin, channelOf(device, PROBE).id, span)).length;
  const [fast, slow] = [await rowsOf(everySecond), await rowsOf(everyFive)];
  expect(Math.abs(fast - 15)).toBeLessThanOrEqual(1);
  expect(Math.abs(slow - 3)).toBeLessThanOrEqual(1);
  expect(await rowsOf(hanging)).toBe(0);

  for (const poller of await pollersOf(hanging.id)) {
    expect(poller).toMatchObject({ state: "backing-off", lastReadingAt: null });
    expect(poller.consecutiveFailures).toBeGreaterThan(1);
  }
  for (const device of [everySecond, everyFive]) {
    for (const poller of await pollersOf(device.id))
      expect(poller).toMatchObject({ state: "running", failures: 0 });
  }
  expect((await pollersOf(everyFive.id)).map((p) => p.intervalS).toSorted()).toEqual([1, 5]);
  expect(await latest(admin, channelOf(hanging, PROBE).id)).toMatchObject({
    value: null,
    quality: "bad",
    reason: "comm",
  });
});

test("stopped, no row is made and the status says so, over a restart too; started, rows come again (Poller start/stop/status)", async () => {
  const { id } = channelOf(everySecond, PROBE);
  const heater = channelOf(await demoTank(admin), "heater").id;
  const stopped = await admin.post("/acquisition/stop");
  expect(stopped).toMatchObject({ status: 200, body: { isRunning: false } });
  for (const { state } of stopped.body.pollers) expect(state).toBe("stopped");
  expect((await admin.get("/health")).body.checks.acquisition.status).toBe("degraded");
  const fromMs = Date.now() + 50;
  await sleepMs(3_000);
  expect(await rowsBetween(admin, id, { fromMs, toMs: Date.now() })).toEqual([]);

  await host.stop();
  host = await HeadlessHost.start({ dataDir: host.dataDir });
  admin = await ApiClient.signedIn(host);
  expect((await admin.get("/acquisition")).body.isRunning).toBe(false);
  expect((await admin.get("/health")).body.checks.acquisition.status).toBe("degraded");
  expect((await admin.get(`/outputs/${heater}`)).body).toMatchObject({ actual: 0, owner: "interlock" });
  expect(await rowsBetween(admin, id, { fromMs, toMs: Date.now() })).toEqual([]);

  const started = await admin.post("/acquisition/start");
  expect(started.body.isRunning).toBe(true);
  await latestWhere(admin, id, { what: "a reading", limitMs: 5_000, is: ({ quality }) => quality === "good" });
  const rows = await until("a row", 10_000, async () => {
    const found = await rowsBetween(admin, id, { fromMs, toMs: Date.now() });
    return found.length >= 2 ? found : undefined;
  });
  expect(Date.parse(rows[0].at)).toBeGreaterThan(fromMs + 3_000);
});
