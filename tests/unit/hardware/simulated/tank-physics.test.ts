import fc from "fast-check";
import { expect, test } from "vitest";
import { lossWPerC } from "#main/hardware/simulated/heat.ts";
import { TankBench } from "#tests/simulated-tanks.ts";

const DAY_S = 86_400;
const STEADY_ROOM = { roomMinC: 21, roomMaxC: 21, evaporationPctPerDay: 2 };

test("130 W hold 400 L at 25.5 °C in a 21 °C room", async () => {
  expect(lossWPerC(400) * 4.5 - 40).toBeCloseTo(130, 0);
  const bench = new TankBench({ ...STEADY_ROOM, startC: 25.5, heaterW: 130 });
  await bench.switchOn("heater", "return-pump", "circulation");
  await bench.pass(DAY_S);
  expect(bench.truth().displayC).toBeGreaterThan(25.4);
  expect(bench.truth().displayC).toBeLessThan(25.6);
});

test("without a heater it settles above the room by what its pumps give", async () => {
  const bench = new TankBench({ ...STEADY_ROOM, startC: 22 });
  await bench.switchOn("return-pump", "circulation");
  for (let day = 0; day < 3; day++) await bench.pass(DAY_S);
  expect(bench.truth().displayC - 21).toBeCloseTo(40 / lossWPerC(400), 1);
});

test("evaporation beyond 2 % a day cools further, 0.68 kWh a litre", async () => {
  const cooled = async (evaporationPctPerDay: number) => {
    const bench = new TankBench({ ...STEADY_ROOM, startC: 25.5, evaporationPctPerDay });
    await bench.switchOn("return-pump");
    await bench.pass(3_600);
    return 25.5 - bench.truth().displayC;
  };
  // 1 % of 400 L a day more is 4 L, 113 W, about a quarter of a degree an hour.
  expect((await cooled(3)) - (await cooled(2))).toBeGreaterThan(0.12);
});

test("a heater in the sump heats the sump alone while the return pump stands", async () => {
  const bench = new TankBench();
  await bench.switchOn("heater");
  await bench.pass(3_600);
  expect(bench.truth().sumpC).toBeGreaterThan(27);
  expect(bench.truth().displayC).toBeLessThan(25.3);
});

test("a chiller cools by what it moves", async () => {
  const bench = new TankBench({ chillerW: 400 });
  await bench.switchOn("return-pump", "chiller");
  await bench.pass(3_600);
  expect(bench.truth().displayC).toBeLessThan(24.6);
});

test("evaporation takes water and leaves the salt", async () => {
  const bench = new TankBench();
  await bench.switchOn("return-pump");
  await bench.pass(DAY_S);
  const { displayL, sumpL, salinityPpt } = bench.truth();
  const lostPct = (1 - (displayL + sumpL) / 400) * 100;
  expect(lostPct).toBeGreaterThan(2);
  expect(lostPct).toBeLessThan(4);
  expect(salinityPpt * (displayL + sumpL)).toBeCloseTo(35 * 400, 3);
  expect(salinityPpt).toBeGreaterThan(35.6);
});

test("fresh water from the reservoir brings the salinity back, until the reservoir is empty", async () => {
  const bench = new TankBench();
  await bench.switchOn("return-pump");
  await bench.pass(DAY_S);
  const saltierPpt = bench.truth().salinityPpt;
  await bench.switchOn("top-off");
  await bench.pass(300);
  expect(bench.truth().salinityPpt).toBeLessThan(saltierPpt - 0.4);
  await bench.pass(3_600);
  expect(bench.truth().reservoirL).toBe(0);
  expect(await bench.value("reservoir-level")).toBeLessThan(0.5);
});

test("5 to 20 L drain back into the sump when the return pump stops, and it holds them", async () => {
  for (const volumeL of [200, 400, 2_000]) {
    const bench = new TankBench({ volumeL });
    await bench.switchOn("return-pump");
    await bench.pass(120);
    const runningL = bench.truth().sumpL;
    await bench.switchOff("return-pump");
    await bench.pass(120);
    expect(bench.truth().sumpL - runningL).toBeGreaterThanOrEqual(5);
    expect(bench.truth().sumpL - runningL).toBeLessThanOrEqual(20);
    expect(bench.truth().overflowL).toBe(0);
    expect(await bench.value("return-flow")).toBe(0);
  }
});

test("the pump draws air before it empties the sump", async () => {
  const bench = new TankBench({ evaporationPctPerDay: 4 });
  await bench.switchOn("return-pump");
  for (let day = 0; day < 5; day++) await bench.pass(DAY_S);
  expect(bench.truth().sumpL).toBeGreaterThan(0);
  expect(bench.truth().returnLPerH).toBeLessThan(1_500);
});

test("the sump's level trembles by its waves while it is fed", async () => {
  const bench = new TankBench();
  await bench.switchOn("return-pump");
  await bench.pass(120);
  const levels: number[] = [];
  for (let s = 0; s < 60; s++) {
    await bench.pass(1);
    levels.push(await bench.value("sump-level"));
  }
  const reachMm = ((Math.max(...levels) - Math.min(...levels)) / 2 / 100) * 450;
  expect(reachMm).toBeGreaterThan(2);
  expect(reachMm).toBeLessThan(5.5);
});

const PUMPS = ["return-pump", "top-off", "doser-alkalinity", "heater", "circulation", "skimmer"];
const MISHAPS = ["leak", "siphon", "pump-dry", "return-stopped", "heater-relay-stuck-on", "heat-wave"];

test("whatever is switched, every volume stays real and no water is made", async () => {
  const step = fc.record({
    key: fc.constantFrom(...PUMPS),
    levelPct: fc.constantFrom(0, 100),
    faults: fc.subarray([...MISHAPS, { name: "siphon", key: "return-pump" }]),
    waitS: fc.oneof(fc.double({ min: 0.001, max: 5, noNaN: true }), fc.integer({ min: 1, max: 200_000 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 40, max: 3_000 }),
      fc.array(step, { maxLength: 8 }),
      async (volumeL, steps) => {
        const bench = new TankBench({ volumeL });
        for (const { key, levelPct, faults, waitS } of steps) {
          bench.strike(...faults);
          await bench.driver.write(key, levelPct);
          await bench.pass(waitS);
          const truth = bench.truth();
          for (const [name, value] of Object.entries(truth)) expect(Number.isFinite(value), name).toBe(true);
          for (const volume of [truth.displayL, truth.sumpL, truth.reservoirL, truth.overflowL, truth.leakedL]) {
            expect(volume).toBeGreaterThanOrEqual(0);
          }
          expect(truth.sumpL).toBeLessThanOrEqual(0.3 * volumeL + 1e-9);
          expect(truth.salinityPpt).toBeGreaterThanOrEqual(0);
          const thereL = truth.displayL + truth.sumpL + truth.reservoirL + truth.overflowL + truth.leakedL;
          expect(thereL).toBeLessThanOrEqual(1.1 * volumeL + truth.dosedMl / 1_000 + 1e-6);
        }
      },
    ),
    { numRuns: 25 },
  );
});
