import { expect, test } from "vitest";
import { DeviceId } from "#contract/ids.ts";
import { DeviceHost } from "#main/composition/device-host.ts";
import type { ChannelSpec, DeviceDriver } from "#main/hardware/ports.ts";
import { newId } from "#main/platform/ids.ts";
import { sleep } from "#main/platform/timing.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { arbiterBench, started } from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const OPENS_IN_MS = 500;
const WRITES_IN_MS = 1_000;

/** One device with a probe and a heater that takes its time; remembers how many of its drivers were open at once. */
async function slowDevice() {
  const { clock, acquisition, log } = acquisitionBench();
  const { arbiter } = await started(arbiterBench({ clock }));
  const open = new Set<object>();
  const seen = { built: 0, mostOpen: 0 };
  const createDriver = (): DeviceDriver => {
    const self = {};
    seen.built += 1;
    return {
      timeoutMs: 1_000,
      open: async (): Promise<readonly ChannelSpec[]> => {
        await sleep(clock, OPENS_IN_MS);
        open.add(self);
        seen.mostOpen = Math.max(seen.mostOpen, open.size);
        return [];
      },
      sample: async (keys) => new Map(keys.map((key) => [key, { value: 25 }])),
      write: () => sleep(clock, WRITES_IN_MS),
      readBack: async () => null,
      close: async () => void open.delete(self),
    };
  };
  const host = new DeviceHost({
    createDriver,
    acquisition,
    outputs: arbiter,
    clock,
    log,
    onContact: async () => undefined,
  });
  const deviceId = DeviceId.parse(newId(0));
  const apply = (isEnabled: boolean) =>
    host.apply({
      ...NOTHING_CONFIGURED,
      devices: [{ id: deviceId, type: "slow", name: "Slow", params: {}, isEnabled }],
      channels: [channelConfig({ deviceId }), { ...outputChannel("heater"), deviceId }],
    });
  return { clock, acquisition, arbiter, host, apply, seen, deviceId, log, openDrivers: open };
}

test("a device that is disabled during its first contact stays gone when that contact succeeds after all", async () => {
  const { clock, acquisition, arbiter, host, apply, deviceId, openDrivers } = await slowDevice();
  apply(true);
  await clock.advance(OPENS_IN_MS - 100);
  apply(false);
  await clock.advance(60_000);
  expect(host.status(deviceId)).toMatchObject({ state: "disabled" });
  expect(acquisition.state().pollers).toEqual([]);
  expect(arbiter.list()).toEqual([]);
  expect(openDrivers.size).toBe(0);
});

test("however fast a device is disabled and enabled, no two of its drivers are open at once, and the last one serves it", async () => {
  const { clock, acquisition, arbiter, host, apply, seen, deviceId } = await slowDevice();
  apply(true);
  await clock.advance(5_000);
  for (let i = 0; i < 5; i++) {
    apply(false);
    apply(true);
  }
  await clock.advance(10_000);
  expect(seen).toMatchObject({ built: 6, mostOpen: 1 });
  expect(host.status(deviceId)).toMatchObject({ state: "online" });
  expect(acquisition.state().pollers).toMatchObject([{ state: "running", failures: 0 }]);
  expect(arbiter.list()).toMatchObject([{ role: "heater", faults: [] }]);
});

test("a device that comes online, is lost and is back says so each time, whatever a listener throws", async () => {
  const { clock, host, apply, deviceId, log } = await slowDevice();
  const heard: string[] = [];
  host.onStatusChange(() => {
    throw new Error("a listener is broken");
  });
  const cancel = host.onStatusChange((id) => {
    const { state, lastError } = host.status(id);
    heard.push(`${state} ${lastError}`);
  });
  apply(true);
  await clock.advance(5_000);
  expect(heard).toEqual(["online null"]);
  host.heard(deviceId, { message: "No answer." });
  host.heard(deviceId, { message: "No answer." });
  host.heard(deviceId, { message: "It answered nonsense." });
  host.heard(deviceId, null);
  expect(heard).toEqual(["online null", "offline No answer.", "offline It answered nonsense.", "online null"]);
  expect(log.messages).toContain("error a listener to a device's status failed");
  cancel();
  host.heard(deviceId, { message: "No answer." });
  expect(heard).toHaveLength(4);
});
