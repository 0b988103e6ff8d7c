import { expect, test } from "vitest";
import { DeviceId } from "#contract/ids.ts";
import { DeviceHost } from "#main/composition/device-host.ts";
import { newId } from "#main/platform/ids.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { arbiterBench, started } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const COUNT = 20;

async function manyDevices() {
  const { clock, acquisition, log } = acquisitionBench();
  const { arbiter } = await started(arbiterBench({ clock }));
  const built: unknown[] = [];
  const host = new DeviceHost({
    createDriver: (_type, params) => {
      built.push(params);
      return {
        timeoutMs: 1_000,
        open: async () => [],
        sample: async () => new Map(),
        write: async () => undefined,
        readBack: async () => null,
        close: async () => undefined,
      };
    },
    acquisition,
    outputs: arbiter,
    clock,
    log,
    onContact: async () => undefined,
  });
  const devices = Array.from({ length: COUNT }, (_, index) => ({
    id: DeviceId.parse(newId(0)),
    type: "any",
    name: `Device ${index}`,
    params: { index },
    isEnabled: true,
  }));
  const heater = { ...outputChannel("heater"), deviceId: devices[COUNT - 1]?.id ?? DeviceId.parse(newId(0)) };
  const apply = (count: number) =>
    host.apply({ ...NOTHING_CONFIGURED, devices: devices.slice(-count), channels: count === 0 ? [] : [heater] });
  return { clock, host, apply, built, devices };
}

test("of many devices those that act begin at once, those that only measure soon after, and all of them do", async () => {
  const { clock, host, apply, built, devices } = await manyDevices();
  apply(COUNT);
  expect(built).toEqual([{ index: COUNT - 1 }]);
  expect(devices.map((device) => host.status(device.id).state)).not.toContain("disabled");
  await clock.advance(1_000);
  expect(built).toHaveLength(COUNT);
  expect(devices.map((device) => host.status(device.id).state)).toEqual(devices.map(() => "online"));
});

test("a device that is removed before its turn never begins", async () => {
  const { clock, host, apply, built } = await manyDevices();
  apply(COUNT);
  apply(1);
  await clock.advance(1_000);
  expect(built).toEqual([{ index: COUNT - 1 }]);
  await host.stop();
});
