import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { addDevice, type Json, latest, latestWhere, rowsBetween, sleepMs } from "#tests/reef.ts";
import { scratchpadAt, W1Tree, w1SlaveText } from "#tests/w1-tree.ts";

/** A power-on scratchpad: 85 °C and reserved byte 6 as before any conversion. */
const POWER_ON = [0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10];
const SUMP = "28-00000a1b2c3d";
const ROOM = "28-0000deadbeef";
const DISPLAY = "10-000802a1b2c3";

let host: HeadlessHost;
let admin: ApiClient;
let tree: W1Tree;

beforeAll(async () => {
  tree = await W1Tree.lay();
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
});
afterAll(async () => {
  await host.dispose();
  await tree.remove();
});

interface Thermometer {
  readonly device: Json;
  readonly channelId: string;
}

/** A thermometer on the tree, as a device of the reef, read every second. */
async function attach(romId: string, celsius: number, params: object = {}): Promise<Thermometer> {
  await tree.addSlave(romId, { celsius, without: romId.startsWith("10") ? ["resolution", "conv_time"] : [] });
  const device = await addDevice(admin, {
    type: "ds18b20",
    name: romId,
    params: { romId, root: tree.root, ...params },
  });
  expect(device.channels).toHaveLength(1);
  const [{ id: channelId }] = device.channels;
  expect((await admin.patch(`/channels/${channelId}`, { pollIntervalS: 1 })).status).toBe(200);
  return { device, channelId };
}

const says = (romId: string, celsius: number) =>
  tree.write(romId, "w1_slave", w1SlaveText(scratchpadAt(celsius), Math.trunc(celsius * 1_000)));
const heard = ({ channelId }: Thermometer, what: string, is: (reading: Json) => boolean) =>
  latestWhere(admin, channelId, { what, limitMs: 20_000, is });
const stateOf = async ({ device }: Thermometer) => (await admin.get(`/devices/${device.id}`)).body.status;

test.concurrent("a thermometer on a 1-wire tree is read, followed, and its faults are told apart (DS18B20 1-wire)", async () => {
  const sump = await attach(SUMP, 25.5);
  expect(sump.device).toMatchObject({ simulated: false, status: { state: "online" } });
  expect(await heard(sump, "a reading", ({ quality }) => quality === "good")).toMatchObject({
    value: 25.5,
    unit: "°C",
  });
  await says(SUMP, 25.625);
  await heard(sump, "the new temperature", ({ value, quality }) => value === 25.625 && quality === "good");

  const garbled = w1SlaveText(scratchpadAt(25.5), 25_500).replace("YES", "NO");
  await tree.write(SUMP, "w1_slave", garbled);
  expect(await heard(sump, "the CRC to be noticed", ({ reason }) => reason === "comm")).toMatchObject({
    value: null,
    quality: "bad",
    lastGood: { value: 25.625 },
  });
  await tree.write(SUMP, "w1_slave", w1SlaveText(scratchpadAt(25.5), 25_500).replace(/^../, "ff"));
  await sleepMs(1_500);
  expect(await latest(admin, sump.channelId)).toMatchObject({ value: null, reason: "comm" });

  await tree.write(SUMP, "w1_slave", w1SlaveText(POWER_ON, 85_000));
  expect(await heard(sump, "the power-on value to be noticed", ({ reason }) => reason === "fault")).toMatchObject({
    value: null,
    quality: "bad",
  });
  await says(SUMP, 25.5);
  await heard(sump, "the probe to be well", ({ value, quality }) => value === 25.5 && quality === "good");
  const { rows, to } = {
    rows: await rowsBetween(admin, sump.channelId, { fromMs: 0, toMs: Date.now() }),
    to: 25.7,
  };
  for (const { min, max } of rows) expect([min > 25.4, max < to]).toEqual([true, true]);
});

test.concurrent("a slave that is pulled off is offline and unknown, and comes back by itself (DS18B20 1-wire · Outlet truth)", async () => {
  const room = await attach(ROOM, 22);
  await heard(room, "a reading", ({ quality }) => quality === "good");
  await tree.removeSlave(ROOM);
  await heard(room, "its absence to be noticed", ({ reason }) => reason === "comm");
  await until("it to be offline", 10_000, async () =>
    (await stateOf(room)).state === "offline" ? true : undefined,
  );
  expect((await stateOf(room)).lastError).toContain(ROOM);
  const check = (await admin.post(`/devices/${room.device.id}/test`)).body;
  expect(check).toMatchObject({ ok: false, detail: expect.stringContaining(ROOM) });
  await tree.addSlave(ROOM, { celsius: 22.5 });
  await heard(room, "it to be back", ({ value, quality }) => value === 22.5 && quality === "good");
  expect(await stateOf(room)).toMatchObject({ state: "online", lastError: null });
});

test.concurrent("the resolution is written to the slave, 9 to 12 bits, and readings have its steps (DS18B20 1-wire)", async () => {
  const romId = "28-000000000009";
  await tree.addSlave(romId, { celsius: 25.5 });
  const params = { romId, root: tree.root, resolutionBits: 12 };
  const device = await addDevice(admin, { type: "ds18b20", name: "Resolution", params });
  const written = () => readFile(tree.pathOf(romId, "resolution"), "utf8");
  for (const resolutionBits of [9, 10, 11, 12]) {
    expect((await admin.patch(`/devices/${device.id}`, { params: { resolutionBits } })).status).toBe(200);
    await until(`${resolutionBits} bits`, 5_000, async () =>
      (await written()).trim() === String(resolutionBits) ? true : undefined,
    );
  }
  for (const resolutionBits of [8, 13, 9.5, "12"]) {
    const { status, body } = await admin.patch(`/devices/${device.id}`, { params: { resolutionBits } });
    expect([status, body.error.details[0].field]).toEqual([400, "params.resolutionBits"]);
  }
  expect((await written()).trim()).toBe("12");
  await tree.write(romId, "w1_slave", w1SlaveText(scratchpadAt(25.4375, 9), 25_437));
  const coarse = { device, channelId: device.channels[0].id };
  await heard(coarse, "a step of half a degree", ({ value }) => value === 25);
});

test.concurrent("an old DS18S20 and a below-zero value are read right (DS18B20 1-wire)", async () => {
  // TEMP_READ 0x0032 = 25.0 °C, COUNT_REMAIN 12 of 16: 25 - 0.25 + 4/16 (DS18S20 datasheet).
  const old = await attach(DISPLAY, 25);
  await tree.write(DISPLAY, "w1_slave", w1SlaveText([0x32, 0, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10], 25_000));
  await heard(old, "25 °C", ({ value, quality }) => value === 25 && quality === "good");
  const freezer = await attach("28-00000000feed", -10.5);
  await heard(freezer, "a value outside water's range", ({ reason }) => reason === "range");
});

test.concurrent("a slave whose file hangs does not delay another (Poll timeout/retry/isolation)", async () => {
  const well = await attach("28-000000000001", 25);
  const stuck = await attach("28-000000000002", 25);
  await heard(stuck, "a reading", ({ quality }) => quality === "good");
  await tree.hang("28-000000000002", "w1_slave");
  await heard(stuck, "the hang to be noticed", ({ reason }) => reason === "comm");
  const fromMs = Date.now();
  await sleepMs(4_000);
  const rows = await rowsBetween(admin, well.channelId, { fromMs: fromMs - 1_000, toMs: fromMs + 3_000 });
  expect(rows.length).toBeGreaterThanOrEqual(3);
  const { body } = await admin.get("/acquisition");
  const pollerOf = ({ device }: Thermometer) => body.pollers.find((p: Json) => p.deviceId === device.id);
  expect(pollerOf(well)).toMatchObject({ state: "running", failures: 0 });
  expect(pollerOf(stuck)).toMatchObject({ state: "backing-off" });
  expect((await admin.get("/health")).body.checks.acquisition.detail).toContain("28-000000000002");
  await says("28-000000000002", 25);
  await heard(stuck, "it to answer again", ({ quality }) => quality === "good");
});
