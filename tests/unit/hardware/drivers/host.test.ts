import { freemem, totalmem } from "node:os";
import { expect, test } from "vitest";
import { cpuTemperatureFrom } from "#main/hardware/drivers/host/codec.ts";
import { HostDriver } from "#main/hardware/drivers/host/driver.ts";
import { HostParams } from "#main/hardware/drivers/host/params.ts";
import { FakeFileBus } from "#tests/fakes/fake-file-bus.ts";
import { NO_ONE_WIRE_BUS } from "#tests/fakes/no-one-wire-bus.ts";

const ZONE = "/sys/class/thermal/thermal_zone0/temp";
const live = new AbortController().signal;
const facts = { memoryUsedPct: () => 41.234, load1Min: () => 0.5, diskUsedPct: async () => 12 };

function hostWith(files: FakeFileBus, facts_ = facts): HostDriver {
  return new HostDriver(HostParams.parse({}), { buses: { oneWire: NO_ONE_WIRE_BUS, files } }, facts_);
}

test("says what the machine says, in stored units", async () => {
  const samples = await hostWith(new FakeFileBus({ [ZONE]: "48312\n" })).sample(
    ["cpu-temperature", "memory-used", "disk-used", "load-1-min"],
    live,
  );
  expect([...samples.values()]).toEqual([{ value: 48.31 }, { value: 41.23 }, { value: 12 }, { value: 0.5 }]);
});

test("offers no CPU temperature where the machine has none, and everything else", async () => {
  const channels = await hostWith(new FakeFileBus()).open(live);
  expect(channels.map((channel) => channel.key)).toEqual(["memory-used", "disk-used", "load-1-min"]);
});

test("one part that fails leaves the others good", async () => {
  const diskUsedPct = async () => {
    throw new Error("EIO");
  };
  const driver = hostWith(new FakeFileBus({ [ZONE]: "warm" }), { ...facts, diskUsedPct });
  const samples = await driver.sample(["cpu-temperature", "disk-used", "memory-used"], live);
  expect(samples.get("cpu-temperature")).toMatchObject({ fault: "comm" });
  expect(samples.get("disk-used")).toEqual({ fault: "comm", message: "EIO" });
  expect(samples.get("memory-used")).toEqual({ value: 41.23 });
});

test("reads the real machine", async () => {
  const driver = new HostDriver(HostParams.parse({}), {
    buses: { oneWire: NO_ONE_WIRE_BUS, files: new FakeFileBus() },
  });
  const samples = await driver.sample(["memory-used", "disk-used"], live);
  const memory = samples.get("memory-used");
  const expectedPct = (1 - freemem() / totalmem()) * 100;
  expect(memory !== undefined && "value" in memory ? Math.abs(memory.value - expectedPct) : null).toBeLessThan(5);
  expect(samples.get("disk-used")).toHaveProperty("value");
});

test("a thermal zone speaks in whole millidegrees, or not at all", () => {
  expect(cpuTemperatureFrom("-1500\n")).toBe(-1.5);
  for (const text of ["", "48.3", "n/a"]) expect(() => cpuTemperatureFrom(text)).toThrow(/without a temperature/);
});

test("paths stay where they belong", () => {
  for (const params of [
    { thermalZonePath: "/etc/passwd" },
    { thermalZonePath: "/sys/../etc/passwd" },
    { diskPath: "tank" },
  ]) {
    expect(HostParams.safeParse(params).success).toBe(false);
  }
});
