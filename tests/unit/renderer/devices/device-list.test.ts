import { expect, test } from "vitest";
import type { Device } from "#contract/devices.ts";
import type { Loop } from "#contract/loops.ts";
import type { PollerState } from "#contract/system.ts";
import { dependentsOf } from "../../../../src-renderer/features/devices/consequences.ts";
import { devicesFitting, freeName } from "../../../../src-renderer/features/devices/device-filter.ts";
import { pollingFactsOf } from "../../../../src-renderer/features/devices/polling-facts.ts";

interface Sketch {
  readonly name: string;
  readonly state?: Device["status"]["state"];
  readonly channels?: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
}

const device = ({ name, state = "online", channels = [] }: Sketch): Device =>
  ({ id: name, name, type: "ds18b20", status: { state }, channels }) as unknown as Device;

const sump = device({ name: "Sump", channels: [{ id: "t", name: "Temperature", kind: "sensor" }] });
const plug = device({
  name: "Heater plug",
  state: "offline",
  channels: [{ id: "h", name: "Heater", kind: "switch" }],
});
const titleOf = () => "Thermometer";
const namesFitting = (text: string, state: "all" | Device["status"]["state"] = "all") =>
  devicesFitting([sump, plug], { text, state }, titleOf).map(({ name }) => name);

test("a device is found by its name, its type and its channels, in any case and order", () => {
  expect(namesFitting("")).toEqual(["Sump", "Heater plug"]);
  expect(namesFitting("PLUG")).toEqual(["Heater plug"]);
  expect(namesFitting("temperature sump")).toEqual(["Sump"]);
  expect(namesFitting("thermometer")).toEqual(["Sump", "Heater plug"]);
  expect(namesFitting("nothing")).toEqual([]);
});

test("the list narrows to one state", () => {
  expect(namesFitting("", "offline")).toEqual(["Heater plug"]);
  expect(namesFitting("sump", "offline")).toEqual([]);
});

test("a new device is offered a name nobody has", () => {
  expect(freeName("DS18B20 thermometer (1-wire)", [])).toBe("DS18B20 thermometer");
  expect(freeName("Tank", ["tank", "Tank 2"])).toBe("Tank 3");
});

test("what hangs on a device is its channels, and the loops that read or drive one of them", () => {
  const loop = (name: string, ids: Partial<Loop>): Loop =>
    ({
      name,
      type: "thermostat",
      sensorChannelId: "x",
      secondSensorChannelId: null,
      heaterChannelId: null,
      chillerChannelId: null,
      roomSensorChannelId: null,
      ...ids,
    }) as unknown as Loop;
  const loops = [
    loop("reads", { sensorChannelId: "t" } as unknown as Partial<Loop>),
    loop("second", { secondSensorChannelId: "t" } as unknown as Partial<Loop>),
    loop("heats", { heaterChannelId: "h" } as unknown as Partial<Loop>),
    loop("cools", { chillerChannelId: "h" } as unknown as Partial<Loop>),
  ];
  expect(dependentsOf(sump, loops).loops.map(({ name }) => name)).toEqual(["reads", "second"]);
  expect(dependentsOf(plug, loops).loops.map(({ name }) => name)).toEqual(["heats", "cools"]);
  expect(dependentsOf(plug, []).outputs.map(({ name }) => name)).toEqual(["Heater"]);
  expect(dependentsOf(sump, []).sensors.map(({ name }) => name)).toEqual(["Temperature"]);
});

test("a device's pollers are told as one", () => {
  const poller = (facts: Partial<PollerState>): PollerState => ({
    deviceId: "a" as PollerState["deviceId"],
    channelIds: [],
    intervalS: 5,
    state: "running",
    slots: 10,
    missedSlots: 1,
    failures: 2,
    consecutiveFailures: 0,
    lastLatenessMs: 0,
    maxLatenessMs: 3,
    lastReadingAt: null,
    lastError: null,
    ...facts,
  });
  const late = "2026-01-01T00:00:05.000Z";
  const pollers = [
    poller({ lastReadingAt: "2026-01-01T00:00:00.000Z" }),
    poller({ intervalS: 1, state: "backing-off", consecutiveFailures: 4, maxLatenessMs: 7, lastReadingAt: late }),
    poller({ intervalS: 5 }),
  ];
  expect(pollingFactsOf(pollers, "a")).toEqual({
    intervalsS: [1, 5],
    lastReadingAtMs: Date.parse(late),
    failures: 6,
    consecutiveFailures: 4,
    slots: 30,
    missedSlots: 3,
    maxLatenessMs: 7,
    isBackingOff: true,
  });
  expect(pollingFactsOf([poller({})], "a")?.lastReadingAtMs).toBeNull();
  expect(pollingFactsOf(pollers, "b")).toBeNull();
});
