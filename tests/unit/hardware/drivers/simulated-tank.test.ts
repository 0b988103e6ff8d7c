import { expect, test } from "vitest";
import { SimulatedTankParams } from "#main/hardware/drivers/simulated-tank/params.ts";
import { withTimeLimit } from "#main/platform/timing.ts";
import { TankBench } from "#tests/simulated-tanks.ts";

test("the default tank is the demo: its channels, its roles, polled every second", async () => {
  const channels = await new TankBench().driver.open();
  expect(channels.map(({ key, kind, role }) => `${key} ${kind} ${role}`)).toEqual([
    "display-temperature sensor display",
    "sump-temperature sensor sump",
    "room-temperature sensor room",
    "ph sensor generic",
    "orp sensor generic",
    "salinity sensor generic",
    "sump-level sensor sump",
    "reservoir-level sensor reservoir",
    "leak sensor generic",
    "return-flow sensor generic",
    "heater-power sensor generic",
    "heater switch heater",
    "return-pump switch return-pump",
    "circulation switch circulation",
    "skimmer switch skimmer",
    "top-off switch top-off",
    "light dimmer light",
    "doser-alkalinity switch doser",
  ]);
  expect(channels.every((channel) => channel.pollIntervalS === 1)).toBe(true);
});

test("a chiller is there where it has one, and cannot be driven where it has none", async () => {
  expect((await new TankBench({ chillerW: 300 }).driver.open()).at(-1)).toMatchObject({
    key: "chiller",
    role: "chiller",
  });
  await expect(new TankBench().driver.write("chiller", 100)).rejects.toMatchObject({ code: "not-found" });
});

test("every plug is off before it was first written, and the lamp says where its own timer has it", async () => {
  const bench = new TankBench();
  const { driver } = bench;
  for (const key of ["heater", "return-pump", "top-off", "doser-alkalinity"])
    expect(await driver.readBack(key)).toBe(0);
  const ofADay: number[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    ofADay.push(await driver.readBack("light"));
    await bench.pass(3_600);
  }
  expect([Math.min(...ofADay), Math.max(...ofADay)]).toEqual([0, 50]);
  await driver.write("light", 42.5);
  expect(await driver.readBack("light")).toBe(42.5);
});

test("a plug told with a lease drops its load by itself, unless it is told again; off and a plain on have none", async () => {
  const bench = new TankBench();
  const { driver } = bench;
  const lease = { leaseS: 30, signal: new AbortController().signal };
  await driver.writeLeased("heater", 100, lease);
  await bench.pass(29);
  expect(await driver.readBack("heater")).toBe(100);
  await driver.writeLeased("heater", 100, lease);
  await bench.pass(29);
  expect(await driver.readBack("heater")).toBe(100);
  await bench.pass(1);
  expect(await driver.readBack("heater")).toBe(0);

  await driver.writeLeased("heater", 100, lease);
  await driver.write("heater", 100);
  await bench.pass(3_600);
  expect(await driver.readBack("heater")).toBe(100);
  await driver.writeLeased("heater", 0, lease);
  expect(await driver.readBack("heater")).toBe(0);
  const specs = await driver.open();
  const leased = specs.filter(({ hasLease }) => hasLease === true).map(({ key }) => key);
  expect(leased).toContain("heater");
  expect(leased).not.toContain("light");
});

test("faults and weather change while it runs; anything else is another tank", async () => {
  const bench = new TankBench({ seed: 4 });
  await bench.switchOn("heater", "return-pump");
  await bench.pass(3_600);
  const { displayC } = bench.truth();
  expect(bench.driver.reconfigure({ seed: 4, faults: ["heat-wave"], roomMaxC: 30 })).toBe(true);
  expect(bench.truth().displayC).toBe(displayC);
  expect(await bench.driver.readBack("heater")).toBe(100);
  expect(bench.driver.reconfigure({ seed: 5 })).toBe(false);
  expect(bench.driver.reconfigure({ seed: 4, volumeL: 500 })).toBe(false);
  expect(bench.driver.reconfigure({ seed: 4, faults: ["no-such-fault"] })).toBe(false);
});

test("a fault that stays in the list keeps its beginning", async () => {
  const bench = new TankBench();
  bench.strike("plug-unreachable-1-min");
  await bench.pass(40);
  bench.strike("plug-unreachable-1-min", "leak");
  await bench.pass(21);
  expect(await bench.driver.readBack("heater")).toBe(0);
});

test("faults are given by name or as an object, and a key must fit its fault", () => {
  const { faults } = SimulatedTankParams.parse({ faults: ["leak", { name: "probe-vanishes", key: "ph" }] });
  expect(faults).toEqual([{ name: "leak" }, { name: "probe-vanishes", key: "ph" }]);
  expect(SimulatedTankParams.parse(SimulatedTankParams.parse({ faults }))).toMatchObject({ faults });
  const refused = SimulatedTankParams.safeParse({
    faults: [
      { name: "leak", key: "ph" },
      { name: "ph-dead-flat", key: "orp" },
    ],
  });
  expect(refused.error?.issues.map((issue) => issue.path.join("."))).toEqual(["faults.0.key", "faults.1.key"]);
});

test("a room warmer by night than by day is refused", () => {
  const refused = SimulatedTankParams.safeParse({ roomMinC: 25, roomMaxC: 24 });
  expect(refused.error?.issues.map((issue) => issue.path.join("."))).toEqual(["roomMinC"]);
});

test("an unplugged tank fails every call, and answers again when it is plugged in", async () => {
  const bench = new TankBench();
  bench.strike("unplugged");
  const calls = [
    () => bench.driver.open(),
    () => bench.driver.sample(["ph"]),
    () => bench.driver.write("heater", 0),
    () => bench.driver.readBack("heater"),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "device-unreachable" });
  bench.strike();
  for (const call of calls) await call();
});

test("a probe that hangs never answers, and its caller's time limit ends the wait", async () => {
  const bench = new TankBench();
  const limited = (call: () => Promise<unknown>) => {
    const answer = withTimeLimit(bench.clock, { limitMs: 1_000, what: "the tank" }, call).then(
      () => "answered",
      (error: unknown) => (error as { code?: string }).code,
    );
    return bench.clock.advance(1_000).then(() => answer);
  };
  bench.strike({ name: "hang", key: "ph" }, { name: "hang", key: "heater" });
  expect(await limited(() => bench.driver.sample(["display-temperature", "ph"]))).toBe("bus-timeout");
  expect(await limited(() => bench.driver.sample(["display-temperature"]))).toBe("answered");
  expect(await limited(() => bench.driver.write("heater", 0))).toBe("bus-timeout");
  expect(await limited(() => bench.driver.readBack("heater"))).toBe("bus-timeout");
  bench.strike("hang");
  expect(await limited(() => bench.driver.sample(["display-temperature"]))).toBe("bus-timeout");
  expect(await limited(() => bench.driver.write("heater", 0))).toBe("answered");
});

test("what hangs fails at last when the fault ends", async () => {
  const bench = new TankBench();
  bench.strike("hang");
  const hung = bench.driver.sample(["ph"]);
  bench.strike();
  await expect(hung).rejects.toMatchObject({ code: "bus-io" });
  expect((await bench.driver.sample(["ph"])).size).toBe(1);
});

test("a pause of a month is caught up with in one go, and the tank has lived through it", async () => {
  const bench = new TankBench();
  await bench.switchOn("return-pump");
  await bench.pass(30 * 86_400);
  expect(bench.truth().elapsedS).toBeCloseTo(30 * 86_400, 3);
  expect(bench.truth().salinityPpt).toBeGreaterThan(40);
});
