import { expect, test } from "vitest";
import { TankBench } from "#tests/simulated-tanks.ts";

const MIDNIGHT_MS = Date.UTC(2026, 5, 1);

async function dayOf(bench: TankBench): Promise<readonly ReturnType<TankBench["truth"]>[]> {
  await bench.switchOn("return-pump", "circulation", "skimmer");
  await bench.pass(86_400);
  const hours: ReturnType<TankBench["truth"]>[] = [];
  for (let hour = 0; hour < 24; hour++) {
    hours.push(bench.truth());
    await bench.pass(3_600);
  }
  return hours;
}

test("pH swings by 0.2 to 0.3 with the photoperiod, lowest in the hours before lights-on; ORP goes the other way", async () => {
  const hours = await dayOf(new TankBench({}, MIDNIGHT_MS));
  const ph = hours.map((truth) => truth.ph);
  const swing = Math.max(...ph) - Math.min(...ph);
  expect(swing).toBeGreaterThan(0.2);
  expect(swing).toBeLessThan(0.3);
  const lowestHour = ph.indexOf(Math.min(...ph));
  expect(lowestHour).toBeGreaterThanOrEqual(6);
  expect(lowestHour).toBeLessThanOrEqual(10);
  const [dark, bright] = [hours[lowestHour], hours[ph.indexOf(Math.max(...ph))]];
  expect(dark?.orpMv).toBeGreaterThan((bright?.orpMv ?? 0) + 15);
});

test("a lamp that was commanded is what the corals live by", async () => {
  const dark = new TankBench({}, Date.UTC(2026, 5, 1, 10));
  const bright = new TankBench({}, Date.UTC(2026, 5, 1, 22));
  await dark.driver.write("light", 0);
  await bright.driver.write("light", 60);
  for (const bench of [dark, bright]) await bench.pass(8 * 3_600);
  expect(bright.truth().ph).toBeGreaterThan(dark.truth().ph + 0.15);
});

test("0.5 to 1 dKH of alkalinity is used a day, and 7.15 mg/L of calcium with each", async () => {
  const bench = new TankBench();
  await bench.pass(86_400);
  const { alkalinityDkh, calciumMgPerL } = bench.truth();
  const usedDkh = 8.3 - alkalinityDkh;
  expect(usedDkh).toBeGreaterThan(0.5);
  expect(usedDkh).toBeLessThan(1);
  expect((430 - calciumMgPerL) / usedDkh).toBeCloseTo(7.15, 5);
});

test("a dose lifts alkalinity for good and pH for hours", async () => {
  const [dosed, plain] = [new TankBench(), new TankBench()];
  await dosed.switchOn("doser-alkalinity");
  for (const bench of [dosed, plain]) await bench.pass(60);
  await dosed.switchOff("doser-alkalinity");
  expect(dosed.truth().dosedMl).toBeCloseTo(30, 6);
  expect(dosed.truth().addedAlkalinityDkh).toBeCloseTo(0.75, 2);
  expect(dosed.truth().ph - plain.truth().ph).toBeGreaterThan(0.08);
  for (const bench of [dosed, plain]) await bench.pass(8 * 3_600);
  expect(dosed.truth().alkalinityDkh - plain.truth().alkalinityDkh).toBeGreaterThan(0.65);
  expect(dosed.truth().ph - plain.truth().ph).toBeLessThan(0.06);
});

test("pH and ORP fall while the skimmer stands", async () => {
  const [skimmed, still] = [new TankBench(), new TankBench()];
  await skimmed.switchOn("skimmer");
  for (const bench of [skimmed, still]) await bench.pass(6 * 3_600);
  expect(still.truth().ph).toBeLessThan(skimmed.truth().ph);
  expect(still.truth().orpMv).toBeLessThan(skimmed.truth().orpMv - 15);
});
