import fc from "fast-check";
import { expect, test } from "vitest";
import { SENSOR_KEYS } from "#main/hardware/simulated/tank-keys.ts";
import { roomTemperatureC } from "#main/hardware/simulated/weather.ts";
import { TankBench } from "#tests/simulated-tanks.ts";

const weather = { roomMinC: 21, roomMaxC: 24, evaporationPctPerDay: 2.4 };

async function recorded(bench: TankBench, samples: number): Promise<readonly unknown[]> {
  await bench.switchOn("return-pump", "heater");
  const rows: unknown[] = [];
  for (let s = 0; s < samples; s++) {
    rows.push([...(await bench.driver.sample(SENSOR_KEYS))]);
    await bench.pass(1);
  }
  return rows;
}

test("the same seed says the same, another seed something else", async () => {
  const first = await recorded(new TankBench({ seed: 7 }), 120);
  expect(await recorded(new TankBench({ seed: 7 }), 120)).toEqual(first);
  expect(await recorded(new TankBench({ seed: 8 }), 120)).not.toEqual(first);
});

test("reading one probe changes nothing about another", async () => {
  const [busy, quiet] = [new TankBench(), new TankBench()];
  for (let s = 0; s < 10; s++) {
    await busy.sample("ph");
    for (const bench of [busy, quiet]) await bench.pass(1);
  }
  expect(await busy.sample("orp")).toEqual(await quiet.sample("orp"));
});

test("the demo's temperature moves within 10 s whatever the seed, and its heater is wanted at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), async (seed) => {
      const bench = new TankBench({ seed });
      await bench.switchOn("return-pump", "circulation");
      const seen: number[] = [];
      for (let s = 0; s < 10; s++) {
        seen.push(await bench.value("display-temperature"));
        await bench.pass(1);
      }
      expect(new Set(seen).size).toBeGreaterThan(1);
      expect(Math.min(...seen)).toBeLessThan(25.35);
    }),
    { numRuns: 60 },
  );
});

test("thermometers speak in whole steps of their resolution", async () => {
  for (const [resolutionBits, stepC] of [
    [12, 0.0625],
    [11, 0.125],
    [10, 0.25],
    [9, 0.5],
  ] as const) {
    const bench = new TankBench({ resolutionBits });
    expect(((await bench.value("display-temperature")) / stepC) % 1).toBe(0);
  }
});

test("the display's probe is true to a tenth of a degree, the others to half a degree", async () => {
  for (let seed = 0; seed < 40; seed++) {
    const bench = new TankBench({ seed });
    const { displayC, sumpC } = bench.truth();
    expect(Math.abs((await bench.value("display-temperature")) - displayC)).toBeLessThan(0.16);
    const sumpErrorC = Math.abs((await bench.value("sump-temperature")) - sumpC);
    expect(sumpErrorC).toBeLessThan(0.6);
    expect(sumpErrorC).toBeGreaterThan(0.01);
  }
});

test("a probe follows the water with its lag", async () => {
  const bench = new TankBench({ heaterW: 20_000, volumeL: 100 });
  await bench.switchOn("heater", "return-pump");
  await bench.pass(600);
  const behindC = bench.truth().displayC - (await bench.value("display-temperature"));
  expect(behindC).toBeGreaterThan(0.5);
});

test("the room keeps within its bounds, warm in the afternoon and cold before dawn", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(400), (seed, day) => {
      const at = (hour: number) => roomTemperatureC(weather, seed, day * 86_400 + hour * 3_600);
      for (let hour = 0; hour < 24; hour++) {
        expect(at(hour)).toBeGreaterThanOrEqual(21);
        expect(at(hour)).toBeLessThanOrEqual(24);
      }
      expect(at(16)).toBeGreaterThan(at(4));
    }),
  );
});

test("a plain thermostat keeps the default tank at 25.5 °C ±0.3 through a day, in an ordinary number of cycles", async () => {
  const bench = new TankBench();
  await bench.switchOn("return-pump", "circulation");
  let [isHeating, starts, worstC] = [false, 0, 0];
  for (let slot = 0; slot < 8_640; slot++) {
    await bench.pass(10);
    const measuredC = await bench.value("display-temperature");
    const wanted = measuredC <= 25.35 || (isHeating && measuredC < 25.65);
    if (wanted && !isHeating) starts++;
    isHeating = wanted;
    await bench.driver.write("heater", wanted ? 100 : 0);
    worstC = Math.max(worstC, Math.abs(bench.truth().displayC - 25.5));
  }
  expect(worstC).toBeLessThan(0.3);
  expect(starts).toBeGreaterThanOrEqual(5);
  expect(starts).toBeLessThanOrEqual(20);
});
