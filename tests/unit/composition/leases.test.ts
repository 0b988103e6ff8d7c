import { expect, test } from "vitest";
import { DeviceId } from "#contract/ids.ts";
import { DeviceHost } from "#main/composition/device-host.ts";
import type { ChannelSpec, DeviceDriver } from "#main/hardware/ports.ts";
import { Arbiter } from "#main/outputs/arbiter.ts";
import type { Actuator } from "#main/outputs/ports.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { ProcessClock, WallClock } from "#main/simulate-cli/machine/process-clock.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { arbiterBench, during, START_MS, SWITCH_OFF, SWITCH_ON, started } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const HEATER = { ...outputChannel("heater"), key: "heater" };
const SPEC: ChannelSpec = {
  key: "heater",
  name: "Heater",
  kind: "switch",
  quantity: "generic",
  unit: "%",
  role: "heater",
  pollIntervalS: 1,
};

/** A plug that counts down by itself where it can, on the device host and the arbiter as composition binds them. */
async function plugged(spec: ChannelSpec, canLease: boolean) {
  const { clock, acquisition, log } = acquisitionBench();
  const { arbiter } = await started(arbiterBench({ clock }));
  let level = { pct: 0, dropsAtMs: Number.POSITIVE_INFINITY };
  const told: string[] = [];
  const levelPct = () => (clock.monotonicMs() >= level.dropsAtMs ? 0 : level.pct);
  const driver: DeviceDriver = {
    timeoutMs: 1_000,
    open: async () => [spec],
    sample: async () => new Map(),
    write: async (_, pct) => {
      told.push(`${pct}`);
      level = { pct, dropsAtMs: Number.POSITIVE_INFINITY };
    },
    readBack: async () => levelPct(),
    close: async () => undefined,
  };
  if (canLease)
    driver.writeLeased = async (_, pct, { leaseS }) => {
      told.push(`${pct} for ${leaseS} s`);
      level = { pct, dropsAtMs: clock.monotonicMs() + leaseS * 1_000 };
    };
  const createDriver = () => driver;
  const host = new DeviceHost({
    createDriver,
    acquisition,
    outputs: arbiter,
    clock,
    log,
    onContact: async () => undefined,
  });
  const deviceId = DeviceId.parse(newId(0));
  host.apply({
    ...NOTHING_CONFIGURED,
    devices: [{ id: deviceId, type: "plug", name: "Plug", params: {}, isEnabled: true }],
    channels: [{ ...HEATER, deviceId }],
  });
  await clock.advance(1_000);
  told.length = 0;
  return { arbiter, clock, told, levelPct, host };
}

test("an on is told with its lease, renewed before half of it is over, and an off has none", async () => {
  const { arbiter, clock, told, levelPct } = await plugged({ ...SPEC, hasLease: true }, true);
  arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await clock.advance(295_000);
  expect(told).toEqual(["100 for 600 s"]);
  await clock.advance(1_500_000);
  expect(told.length).toBeGreaterThanOrEqual(5);
  expect(new Set(told)).toEqual(new Set(["100 for 600 s"]));
  expect(levelPct()).toBe(100);
  arbiter.request(HEATER.id, "loop:1", SWITCH_OFF);
  await clock.advance(1_000);
  expect(told.at(-1)).toBe("0");
});

test("when the program dies the plug drops its load by itself, within its lease and no later", async () => {
  const house = new VirtualClock(START_MS);
  const process = new ProcessClock(house, new WallClock(house));
  const { store, events, log } = arbiterBench();
  const arbiter = new Arbiter({ clock: process, store, events, log });
  let level = { pct: 0, dropsAtMs: Number.POSITIVE_INFINITY };
  const levelPct = () => (house.monotonicMs() >= level.dropsAtMs ? 0 : level.pct);
  const plug: Actuator = {
    write: async (pct, _, leaseS) => {
      const dropsAtMs = leaseS === undefined ? Number.POSITIVE_INFINITY : house.monotonicMs() + leaseS * 1_000;
      level = { pct, dropsAtMs };
    },
    readBack: async () => levelPct(),
    canLease: () => true,
  };
  await during(house, arbiter.start(), 1_000);
  await during(house, arbiter.register(HEATER, plug), 1_000);
  arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await house.advance(2_000_000);
  expect(levelPct()).toBe(100);
  process.end();
  await house.advance(290_000);
  expect(levelPct()).toBe(100);
  await house.advance(310_000);
  expect(levelPct()).toBe(0);
});

test.each([
  ["whose driver can count down and whose plug cannot", SPEC, true],
  ["whose plug says that it can and whose driver cannot", { ...SPEC, hasLease: true }, false],
])("a device %s is told plainly, and stays on", async (_, spec, canLease) => {
  const { arbiter, clock, told, levelPct } = await plugged(spec, canLease);
  arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await clock.advance(2_000_000);
  expect(new Set(told)).toEqual(new Set(["100"]));
  expect(levelPct()).toBe(100);
});
