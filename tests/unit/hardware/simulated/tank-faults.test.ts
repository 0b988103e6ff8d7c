import { expect, test } from "vitest";
import { FAULT_NAMES } from "#main/hardware/simulated/faults.ts";
import { TankBench } from "#tests/simulated-tanks.ts";

const isFailing = async (bench: TankBench, key: string) => "fault" in ((await bench.sample(key)) ?? {});

async function running(params: Record<string, unknown> = {}): Promise<TankBench> {
  const bench = new TankBench(params);
  await bench.switchOn("return-pump", "circulation", "skimmer");
  await bench.pass(60);
  return bench;
}

test("every fault strikes a running tank and leaves it again without a number that is none", async () => {
  for (const name of FAULT_NAMES.filter((fault) => fault !== "hang" && fault !== "unplugged")) {
    const bench = await running({ chillerW: 200 });
    bench.strike(name);
    await bench.switchOn("top-off", "doser-alkalinity").catch(() => undefined);
    await bench.pass(600);
    bench.strike();
    for (const sample of (
      await bench.driver.sample(["display-temperature", "ph", "sump-level", "return-flow"])
    ).values()) {
      expect(sample, name).toHaveProperty("value");
    }
    for (const [field, value] of Object.entries(bench.truth()))
      expect(Number.isFinite(value), `${name} ${field}`).toBe(true);
  }
});

test("a probe that vanished fails alone, and is back when it is plugged in", async () => {
  const bench = await running();
  bench.strike("probe-vanishes");
  expect(await bench.sample("display-temperature")).toMatchObject({ fault: "comm" });
  expect(await isFailing(bench, "sump-temperature")).toBe(false);
  bench.strike();
  expect(await isFailing(bench, "display-temperature")).toBe(false);
});

test("a probe's sentinels come as bare numbers", async () => {
  const bench = await running();
  const said = { 0: 0, "minus-1": -1, 85: 85, "127-94": 127.94, "minus-7-1": -7.1 };
  for (const [name, value] of Object.entries(said)) {
    bench.strike(`probe-reads-${name}`);
    expect(await bench.value("display-temperature")).toBe(value);
    await bench.pass(10);
    expect(await bench.value("display-temperature")).toBe(value);
  }
});

test("a fault with a key strikes that channel and no other", async () => {
  const bench = await running();
  bench.strike({ name: "probe-reads-0", key: "ph" });
  expect(await bench.value("ph")).toBe(0);
  expect(await bench.value("display-temperature")).toBeGreaterThan(20);
});

test("a spike is one sample long, and comes again only with another strike", async () => {
  const bench = await running();
  bench.strike("one-sample-spike");
  expect(await bench.value("display-temperature")).toBeGreaterThan(35);
  expect(await bench.value("display-temperature")).toBeLessThan(26);
  bench.strike("one-sample-spike");
  expect(await bench.value("display-temperature")).toBeLessThan(26);
  bench.strike();
  bench.strike("one-sample-spike");
  expect(await bench.value("display-temperature")).toBeGreaterThan(35);
});

test("EINTR comes in bursts of 20 s a minute", async () => {
  const bench = await running();
  bench.strike("eintr-bursts");
  let failed = 0;
  for (let s = 0; s < 120; s++) {
    if (await isFailing(bench, "display-temperature")) failed++;
    await bench.pass(1);
  }
  expect(failed).toBe(40);
});

test("a drifting probe says less and less than there is", async () => {
  const bench = await running();
  const early = (await bench.value("display-temperature")) - bench.truth().displayC;
  bench.strike("slow-drift");
  await bench.pass(50 * 3_600);
  const late = (await bench.value("display-temperature")) - bench.truth().displayC;
  expect(late - early).toBeGreaterThan(-1.2);
  expect(late - early).toBeLessThan(-0.8);
});

test("a probe out of the water goes to the room's temperature, slowly enough to look real", async () => {
  const bench = await running();
  bench.strike("probe-out-of-water");
  await bench.pass(5);
  expect(await bench.value("display-temperature")).toBeGreaterThan(24);
  await bench.pass(600);
  expect(Math.abs((await bench.value("display-temperature")) - bench.truth().roomC)).toBeLessThan(0.3);
  expect(bench.truth().displayC).toBeGreaterThan(25);
});

test("a dead pH probe is flat between 3 and 5", async () => {
  const bench = await running();
  bench.strike("ph-dead-flat");
  const ph = await bench.value("ph");
  expect(ph).toBeGreaterThanOrEqual(3);
  expect(ph).toBeLessThanOrEqual(5);
  await bench.pass(3_600);
  expect(await bench.value("ph")).toBe(ph);
});

test("a calibration visit shows two buffers and ends by itself", async () => {
  const bench = await running();
  bench.strike("calibration-visit");
  expect(await bench.value("ph")).toBeCloseTo(7, 1);
  await bench.pass(400);
  expect(await bench.value("ph")).toBeCloseTo(10, 1);
  await bench.pass(300);
  expect(await bench.value("ph")).toBeLessThan(8.5);
});

test("a welded relay heats while its plug says off, and its meter tells", async () => {
  const bench = await running();
  bench.strike("heater-relay-stuck-on");
  const beforeC = bench.truth().displayC;
  await bench.switchOff("heater");
  await bench.pass(3_600);
  expect(await bench.driver.readBack("heater")).toBe(0);
  expect(await bench.value("heater-power")).toBeGreaterThan(290);
  expect(bench.truth().displayC - beforeC).toBeGreaterThan(0.25);
});

test("a relay that does not close, and a heater that is worn, give less than the plug says", async () => {
  const bench = await running();
  await bench.switchOn("heater");
  bench.strike("heater-relay-stuck-off");
  expect(await bench.driver.readBack("heater")).toBe(100);
  expect(await bench.value("heater-power")).toBe(0);
  bench.strike("heater-degraded");
  expect(await bench.value("heater-power")).toBeCloseTo(60, -1);
});

test("a plug off the network refuses and keeps its relay; it is back after its minute or hour", async () => {
  const bench = await running();
  await bench.switchOn("heater");
  for (const [name, s] of [
    ["plug-unreachable-1-min", 60],
    ["plug-unreachable-1-h", 3_600],
  ] as const) {
    bench.strike(name);
    await bench.pass(s - 2);
    await expect(bench.switchOff("heater")).rejects.toMatchObject({ code: "device-unreachable" });
    await expect(bench.driver.readBack("heater")).rejects.toMatchObject({ code: "device-unreachable" });
    expect(await isFailing(bench, "heater-power")).toBe(true);
    expect(bench.truth().heaterW).toBe(300);
    await bench.switchOff("skimmer");
    await bench.pass(3);
    expect(await bench.driver.readBack("heater")).toBe(100);
  }
  bench.strike("plug-unreachable-for-good");
  await bench.pass(86_400);
  await expect(bench.driver.readBack("heater")).rejects.toMatchObject({ code: "device-unreachable" });
});

test("a plug switched by hand says so, and can be taken back", async () => {
  const bench = await running();
  bench.strike("plug-toggled-by-hand");
  expect(await bench.driver.readBack("heater")).toBe(100);
  await bench.switchOff("heater");
  bench.strike("plug-toggled-by-hand");
  expect(await bench.driver.readBack("heater")).toBe(0);
});

test("a dead cooler runs and cools nothing", async () => {
  const [dead, alive] = [await running({ chillerW: 400 }), await running({ chillerW: 400 })];
  dead.strike("cooler-dead");
  for (const bench of [dead, alive]) {
    await bench.switchOn("chiller");
    await bench.pass(3_600);
  }
  expect(dead.truth().displayC - alive.truth().displayC).toBeGreaterThan(0.5);
});

test("a stuck float says full, or empty, for ever", async () => {
  const bench = await running();
  bench.strike("float-stuck-wet");
  expect(await bench.value("sump-level")).toBe(100);
  bench.strike({ name: "float-stuck-dry", key: "reservoir-level" });
  expect(await bench.value("reservoir-level")).toBe(0);
  expect(await bench.value("sump-level")).toBeLessThan(80);
});

test("a dry top-off pump moves nothing; an empty reservoir has nothing to move", async () => {
  const bench = await running();
  await bench.switchOn("top-off");
  bench.strike("pump-dry");
  await bench.pass(60);
  expect(bench.truth().reservoirL).toBe(40);
  bench.strike("reservoir-empty");
  expect(await bench.value("reservoir-level")).toBeLessThan(0.5);
  bench.strike();
  expect(await bench.value("reservoir-level")).toBeGreaterThan(99);
});

test("a siphon empties the reservoir after the pump was switched off", async () => {
  const bench = await running();
  bench.strike("siphon");
  await bench.pass(600);
  expect(bench.truth().reservoirL).toBe(40);
  await bench.switchOn("top-off");
  await bench.pass(5);
  await bench.switchOff("top-off");
  await bench.pass(3 * 3_600);
  expect(bench.truth().reservoirL).toBe(0);
});

test("a return line that siphons overfills the sump and wets the floor", async () => {
  const bench = await running();
  bench.strike({ name: "siphon", key: "return-pump" });
  await bench.switchOff("return-pump");
  await bench.pass(600);
  expect(bench.truth().overflowL).toBeGreaterThan(5);
  expect(await bench.value("leak")).toBe(1);
});

test("a stopped return pump moves nothing though its plug is on", async () => {
  const bench = await running();
  bench.strike("return-stopped");
  await bench.pass(60);
  expect(await bench.value("return-flow")).toBe(0);
  expect(await bench.driver.readBack("return-pump")).toBe(100);
});

test("a leak wets the floor within seconds and costs water and salt", async () => {
  const bench = await running();
  expect(await bench.value("leak")).toBe(0);
  bench.strike("leak");
  await bench.pass(10);
  expect(await bench.value("leak")).toBe(1);
  await bench.pass(1_800);
  expect(bench.truth().leakedL).toBeCloseTo(15, 0);
  expect(bench.truth().salinityPpt).toBeCloseTo(35, 1);
});

test("a doser that is slow, short or running on gives another dose than asked for", async () => {
  const doseOf = async (...faults: string[]) => {
    const bench = await running();
    bench.strike(...faults);
    await bench.switchOn("doser-alkalinity");
    await bench.pass(20);
    await bench.switchOff("doser-alkalinity");
    await bench.pass(120);
    return bench.truth().dosedMl;
  };
  expect(await doseOf()).toBeCloseTo(10, 6);
  expect(await doseOf("dose-pump-slow")).toBeCloseTo(5, 6);
  expect(await doseOf("dose-pump-short")).toBeCloseTo(1.5, 6);
  expect(await doseOf("dose-pump-running-on")).toBeCloseTo(25, 6);
});

test("a heat wave and a cold snap come into the room over hours, and go", async () => {
  const bench = await running({ roomMinC: 22, roomMaxC: 22 });
  bench.strike("heat-wave");
  await bench.pass(600);
  expect(bench.truth().roomC).toBeLessThan(25);
  await bench.pass(4 * 3_600);
  expect(bench.truth().roomC).toBeGreaterThan(30);
  bench.strike("cold-snap");
  await bench.pass(6 * 3_600);
  expect(bench.truth().roomC).toBeLessThan(13);
});
