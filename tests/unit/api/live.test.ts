import { expect, test } from "vitest";
import type { DeviceChange } from "#contract/devices.ts";
import type { LiveReading, Reading } from "#contract/readings.ts";
import { liveFrom } from "#main/api/live.ts";
import { device, health } from "#tests/builders/api-things.ts";
import { thermostatConfig } from "#tests/builders/thermostat.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import {
  type FakeServices,
  fakeServices,
  HEATER_ID,
  PROBE_ID,
  START_MS,
  TANK_ID,
} from "#tests/fakes/fake-services.ts";

const good = (value: number, channelId = PROBE_ID): Reading => ({
  channelId,
  takenAtMs: START_MS,
  value,
  quality: "good",
  reason: null,
  raw: value,
  coversS: 1,
});

async function readingsOf(services: FakeServices, input?: { channelIds: (typeof PROBE_ID)[] }) {
  const caller = await callerFor(services, "viewer");
  const feed = (await caller.readings.live(input)) as AsyncGenerator<LiveReading, void>;
  return { next: async () => (await feed.next()).value as LiveReading, end: () => feed.return() };
}

test("readings.live sends what is, then every change in order, and lets go of the bus at the end", async () => {
  const services = await fakeServices();
  services.readings.publish(good(25));
  const feed = await readingsOf(services);

  expect(await feed.next()).toEqual({
    channelId: PROBE_ID,
    value: 25,
    unit: "°C",
    quality: "good",
    takenAt: "2026-01-01T00:00:00.000Z",
  });
  for (const value of [25.1, 25.2, 25.3]) services.readings.publish(good(value));
  expect([await feed.next(), await feed.next(), await feed.next()].map((reading) => reading.value)).toEqual([
    25.1, 25.2, 25.3,
  ]);
  await feed.end();
  expect(services.readings.listeners.size).toBe(0);
});

test("readings.live tells of the named channels alone", async () => {
  const services = await fakeServices();
  const feed = await readingsOf(services, { channelIds: [PROBE_ID] });
  expect((await feed.next()).quality).toBe("bad");
  services.readings.publish(good(1, HEATER_ID));
  services.readings.publish(good(2));
  expect((await feed.next()).value).toBe(2);
  await feed.end();
});

test("a bad reading has no value, and the last good one beside it", async () => {
  const services = await fakeServices();
  services.readings.publish(good(25));
  const feed = await readingsOf(services);
  await feed.next();
  services.readings.publish({ ...good(0), value: null, quality: "bad", reason: "comm" });
  expect(await feed.next()).toMatchObject({
    value: null,
    quality: "bad",
    reason: "comm",
    lastGood: { value: 25 },
  });
  await feed.end();
});

test("nothing is lost between the present state and the first change", async () => {
  let tell: (change: number) => void = () => {};
  const feed = liveFrom(
    { whenWritable: async () => {} },
    {
      subscribe: (listener) => {
        tell = listener;
        return () => {};
      },
      snapshot: () => {
        tell(2);
        return [1];
      },
      keyOf: String,
      show: (change: number) => change,
    },
  );
  expect([(await feed.next()).value, (await feed.next()).value]).toEqual([1, 2]);
  await feed.return();
});

test("a client that reads slowly gets the latest of each key, in a bounded memory", async () => {
  let tell: (change: { key: string; value: number }) => void = () => {};
  let unblock = () => {};
  const blocked = new Promise<void>((resolve) => {
    unblock = resolve;
  });
  const feed = liveFrom(
    { whenWritable: () => blocked },
    {
      subscribe: (listener: typeof tell) => {
        tell = listener;
        return () => {};
      },
      snapshot: () => [{ key: "start", value: 0 }],
      keyOf: (change) => change.key,
      show: (change) => change,
    },
  );
  const first = feed.next();
  for (let value = 1; value <= 100_000; value++) tell({ key: `channel ${value % 3}`, value });
  unblock();
  await first;
  const rest = [await feed.next(), await feed.next(), await feed.next()].map(({ value }) => value);
  expect(new Set(rest.map((change) => change?.value))).toEqual(new Set([99_998, 99_999, 100_000]));
  await feed.return();
});

test("outputs.live and system.live send the present first, and end with their caller", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const outputs = (await caller.outputs.live()) as AsyncGenerator;
  expect((await outputs.next()).value).toMatchObject({ channelId: HEATER_ID, requested: 0 });
  services.outputs.change({ ...services.outputs.get(HEATER_ID), requested: 100 });
  expect((await outputs.next()).value).toMatchObject({ requested: 100 });
  await outputs.return(undefined);

  const system = (await caller.system.live()) as AsyncGenerator;
  expect((await system.next()).value).toMatchObject({ status: "ok" });
  services.system.become(health("degraded"));
  expect((await system.next()).value).toMatchObject({ status: "degraded" });
  await system.return(undefined);
  expect(services.outputs.listeners.size + services.system.listeners.size).toBe(0);
});

/** Takes so many items of a subscription. */
async function taken(feed: unknown, count: number): Promise<unknown[]> {
  const items: unknown[] = [];
  while (items.length < count) items.push((await (feed as AsyncGenerator).next()).value);
  return items;
}
const ended = (feed: unknown) => (feed as AsyncGenerator).return(undefined);

test("devices.live tells of all devices, then of those that come, change and go", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const feed = await caller.devices.live();
  expect(await taken(feed, 1)).toEqual([{ kind: "all", devices: [services.devices.get(TANK_ID)] }]);

  const { id } = await services.devices.create({ type: "host", name: "Host", params: {}, isEnabled: true });
  services.devices.become({
    ...services.devices.get(TANK_ID),
    status: { state: "offline", since: "2026-01-01T00:00:00.000Z", lastError: "No answer." },
  });
  const [added, changed] = (await taken(feed, 2)) as DeviceChange[];
  expect(added).toEqual({ kind: "device", device: device({ id, type: "host", name: "Host" }) });
  expect(changed).toMatchObject({ device: { id: TANK_ID, status: { state: "offline" } } });
  await services.devices.remove(id);
  expect(await taken(feed, 1)).toEqual([{ kind: "removed", id }]);
  await ended(feed);
  expect(services.devices.listeners.size).toBe(0);
});

test("loops.live tells of every loop, then of those that come, change and go", async () => {
  const services = await fakeServices();
  const feed = await (await callerFor(services, "viewer")).loops.live();
  const first = taken(feed, 1);
  const loop = await services.loops.create(
    thermostatConfig({ sensorChannelId: PROBE_ID, heaterChannelId: HEATER_ID }),
  );
  expect(await first).toEqual([{ kind: "loop", loop }]);
  await services.loops.update(loop.id, { setpointC: 26 });
  expect(await taken(feed, 1)).toMatchObject([{ kind: "loop", loop: { setpointC: 26 } }]);
  await services.loops.remove(loop.id);
  expect(await taken(feed, 1)).toEqual([{ kind: "removed", id: loop.id }]);
  await ended(feed);
  expect(services.loops.listeners.size).toBe(0);
});

test("emergencyStop.live and settings.live send the present first, then each change", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "admin");
  const stop = await caller.emergencyStop.live();
  expect(await taken(stop, 1)).toMatchObject([{ isActive: false }]);
  await caller.emergencyStop.engage();
  await caller.emergencyStop.release();
  expect(await taken(stop, 1)).toMatchObject([{ isActive: true, by: "admin" }]);
  expect(await taken(stop, 1)).toMatchObject([{ isActive: false, by: null }]);
  await ended(stop);

  const settings = await caller.settings.live();
  expect(await taken(settings, 1)).toMatchObject([{ tankName: "Reef tank" }]);
  await caller.settings.patch({ tankName: "Bella's reef" });
  expect(await taken(settings, 1)).toMatchObject([{ tankName: "Bella's reef" }]);
  await ended(settings);
  expect(services.outputs.stopListeners.size + services.tank.listeners.size).toBe(0);
});

test("users.preferencesLive sends one's own preferences, then each change of them, and nobody else's", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const feed = await caller.users.preferencesLive();
  expect(await taken(feed, 1)).toMatchObject([{ theme: "system" }]);
  await (await callerFor(services, "admin")).users.patchPreferences({ theme: "light" });
  await caller.users.patchPreferences({ theme: "dark" });
  expect(await taken(feed, 1)).toMatchObject([{ theme: "dark" }]);
  await ended(feed);
});

test("every open subscription is counted by its procedure, and none that ended, however it ended", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const open = () => Object.fromEntries(services.subscriptions.open());
  const feeds = await Promise.all([caller.devices.live(), caller.devices.live(), caller.system.live()]);
  expect(open()).toEqual({});
  for (const feed of feeds) await taken(feed, 1);
  expect(open()).toEqual({ "devices.live": 2, "system.live": 1 });
  await ended(feeds[0]);
  expect(open()).toEqual({ "devices.live": 1, "system.live": 1 });
  await expect((feeds[1] as AsyncGenerator).throw(new Error("the caller's stream broke"))).rejects.toThrow(
    "broke",
  );
  await ended(feeds[2]);
  await ended(feeds[2]);
  expect(open()).toEqual({ "devices.live": 0, "system.live": 0 });
});
