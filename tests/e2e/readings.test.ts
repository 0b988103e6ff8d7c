import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { addDevice, channelOf, type Json, latest, latestWhere, setFaults } from "#tests/reef.ts";

const PROBE = "display-temperature";

let host: HeadlessHost;
let admin: ApiClient;

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
});
afterAll(() => host.dispose());

test.concurrent("this machine is a device too, and says what the system says (Host info / usage)", async () => {
  const device = await addDevice(admin, { type: "host", name: "This machine" });
  const memory = await latestWhere(admin, channelOf(device, "memory-used").id, {
    what: "its memory",
    limitMs: 10_000,
    is: ({ quality }) => quality === "good",
  });
  const { body: usage } = await admin.get("/system/usage");
  expect(Math.abs(memory.value - (100 * usage.memoryUsedBytes) / usage.memoryTotalBytes)).toBeLessThan(5);
  expect(device.simulated).toBe(false);
});

test.concurrent("faults of a simulated device are switched while it runs; its water stays the same water (PWM no-op / simulator)", async () => {
  const device = await addDevice(admin, { type: "simulated-tank", name: "Faulty", params: { startC: 27 } });
  const probe = channelOf(device, PROBE).id;
  const said = (what: string, is: (reading: Json) => boolean) =>
    latestWhere(admin, probe, { what, limitMs: 4_000, is });
  await said("a good reading", ({ quality }) => quality === "good");
  for (const [fault, reason] of [
    ["probe-reads-minus-7-1", "range"],
    ["probe-vanishes", "comm"],
    ["probe-reads-85", "fault"],
    ["probe-reads-127-94", "fault"],
  ] as const) {
    await setFaults(admin, device.id, [fault]);
    const bad = await said(`${fault} to be noticed`, (reading) => reading.reason === reason);
    expect(bad).toMatchObject({ value: null, quality: "bad", lastGood: { value: expect.closeTo(27, 0) } });
    await setFaults(admin, device.id, []);
    await said(`the probe to be back after ${fault}`, ({ quality, value }) => quality === "good" && value > 26);
  }
  expect((await admin.delete(`/devices/${device.id}`)).status).toBe(204);
});

test.concurrent("an offset shows in the next reading, is logged, and can be taken back (Calibration offset)", async () => {
  const { id } = channelOf(await addDevice(admin, { type: "simulated-tank", name: "Offset" }), PROBE);
  await latestWhere(admin, id, { what: "a reading", limitMs: 3_000, is: ({ quality }) => quality === "good" });
  const isAbout = (value: number) => (reading: Json) => Math.abs(reading.value - value) < 0.2;
  const before = await latest(admin, id);
  for (const [offset, expected] of [
    [0.3, before.value + 0.3],
    [3, before.value + 3],
    [null, before.value],
  ] as const) {
    const calibration = offset === null ? null : { offset };
    expect((await admin.patch(`/channels/${id}`, { calibration })).body.calibration).toEqual(calibration);
    const after = await until("the next reading", 2_500, async () => {
      const reading = await latest(admin, id);
      return isAbout(expected)(reading) ? reading : undefined;
    });
    expect(after.quality).toBe("good");
  }
  const logged = host
    .logs()
    .filter((line) => line.message === "a channel was calibrated" && line["channelId"] === id);
  expect(logged.map((line) => line["calibration"])).toEqual([{ offset: 0.3 }, { offset: 3 }, null]);
});

test.concurrent("a two-point calibration round-trips; one that no healthy probe has is refused with its slope (pH/salinity/ORP/etc. probes)", async () => {
  const { id } = channelOf(await addDevice(admin, { type: "simulated-tank", name: "Two points" }), "ph");
  await latestWhere(admin, id, { what: "a reading", limitMs: 3_000, is: ({ quality }) => quality === "good" });
  const calibrate = (...points: [number, number][]) =>
    admin.patch(`/channels/${id}`, { calibration: { points: points.map(([raw, actual]) => ({ raw, actual })) } });
  const before = await latest(admin, id);
  const good = await calibrate([7.1, 7], [10.05, 10]);
  expect(good.body.calibration.points).toHaveLength(2);
  const expected = 7 + ((before.value - 7.1) * 3) / 2.95;
  await latestWhere(admin, id, {
    what: "a calibrated reading",
    limitMs: 3_000,
    is: (reading) => reading.quality === "good" && Math.abs(reading.value - expected) < 0.05,
  });
  const dead = await calibrate([7, 7], [8, 10]);
  expect(dead).toMatchObject({
    status: 400,
    body: { error: { code: "invalid", details: [{ field: "calibration" }] } },
  });
  expect(dead.body.error.details[0].message).toMatch(/\d+.*%/);
  expect((await calibrate([7, 7], [7, 10])).status).toBe(400);
  expect((await calibrate()).status).toBe(400);
  expect((await admin.get(`/channels/${id}`)).body.calibration).toEqual(good.body.calibration);
});
