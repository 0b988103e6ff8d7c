import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { DeviceId } from "#contract/ids.ts";
import { withOffered } from "#main/composition/channels-from-specs.ts";
import { DeviceHost } from "#main/composition/device-host.ts";
import { OfferedChannels } from "#main/composition/offered-channels.ts";
import type { ChannelSpec } from "#main/hardware/ports.ts";
import { newId } from "#main/platform/ids.ts";
import { sleep } from "#main/platform/timing.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import type { Configuration } from "#main/settings/ports.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { arbiterBench } from "#tests/builders/arbiter-bench.ts";

const DEVICE = { id: DeviceId.parse(newId(0)), type: "any", name: "Any", params: {}, isEnabled: true };
const SPEC: ChannelSpec = {
  key: "temperature",
  name: "Temperature",
  kind: "sensor",
  quantity: "temperature",
  unit: "°C",
  role: "generic",
  pollIntervalS: 1,
};
const STORES_IN_MS = 200;

function newDevice(open: () => Promise<readonly ChannelSpec[]>) {
  const { clock, acquisition, log } = acquisitionBench();
  const { arbiter } = arbiterBench({ clock });
  const stored: ChannelSpec[] = [];
  const host = new DeviceHost({
    createDriver: () => ({ timeoutMs: 1_000, open, sample: async () => new Map(), close: async () => undefined }),
    acquisition,
    outputs: arbiter,
    clock,
    log,
    onContact: async (_, specs) => {
      await sleep(clock, STORES_IN_MS);
      stored.push(...specs);
    },
  });
  host.apply({ ...NOTHING_CONFIGURED, devices: [DEVICE], channels: [] });
  let isContacted = false;
  const contacted = host.contacted(DEVICE.id, 60_000).then(() => {
    isContacted = true;
  });
  return { clock, host, stored, contacted, isContacted: () => isContacted };
}

test("the first contact is over when the channels it brought are known", async () => {
  const { clock, contacted, isContacted, stored } = newDevice(async () => [SPEC]);
  await clock.advance(STORES_IN_MS - 1);
  expect(isContacted()).toBe(false);
  await clock.advance(1);
  await contacted;
  expect(stored).toEqual([SPEC]);
});

test("a device that does not answer its first call is not waited for", async () => {
  const { clock, host, contacted } = newDevice(async () => Promise.reject(new Error("nobody there")));
  await clock.advance(0);
  await contacted;
  expect(host.status(DEVICE.id)).toMatchObject({ state: "offline", lastError: "nobody there" });
});

test("a first contact that hangs is never tried again beside itself, and again once it failed", async () => {
  const tries: ((error: Error) => void)[] = [];
  const { clock, host } = newDevice(() => new Promise((_, reject) => tries.push(reject)));
  await clock.advance(600_000);
  expect(tries).toHaveLength(1);
  expect(host.status(DEVICE.id)).toMatchObject({
    state: "offline",
    lastError: expect.stringContaining("5000 ms"),
  });
  tries[0]?.(new Error("at last"));
  await clock.advance(60_000);
  expect(tries).toHaveLength(2);
});

test("channels that cannot be stored come when the database is back", async () => {
  const { clock, log } = acquisitionBench();
  let current: Configuration = { ...NOTHING_CONFIGURED, devices: [DEVICE] };
  let isAway = true;
  const change = async (make: (now: Configuration) => Configuration) => {
    if (isAway) throw new ReefFault("database-away", "not now");
    current = make(current);
    return current;
  };
  const offered = new OfferedChannels({ keeper: { change }, clock, log });
  await offered.take(DEVICE.id, [SPEC]);
  offered.databaseIsBack();
  await clock.advance(0);
  expect(current.channels).toEqual([]);
  isAway = false;
  offered.databaseIsBack();
  await clock.advance(0);
  expect(current.channels).toMatchObject([{ key: "temperature" }]);
});

test("a device offers its channels once, and one that was removed meanwhile offers nothing", () => {
  const offer = { deviceId: DEVICE.id, specs: [SPEC] };
  const configured = { ...NOTHING_CONFIGURED, devices: [DEVICE] };
  const known = withOffered(configured, offer, 0);
  expect(known.channels).toMatchObject([{ key: "temperature", deviceId: DEVICE.id }]);
  expect(withOffered(known, offer, 0)).toBe(known);
  expect(withOffered(NOTHING_CONFIGURED, offer, 0)).toBe(NOTHING_CONFIGURED);
});
