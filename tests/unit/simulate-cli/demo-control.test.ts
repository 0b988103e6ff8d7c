import { expect, test } from "vitest";
import { demoTank } from "#main/composition/demo-tank.ts";
import { simulatedTankDriver } from "#main/hardware/drivers/simulated-tank/driver.ts";
import { every } from "#main/platform/timing.ts";
import { OurCore } from "#main/simulate-cli/contestants/our-core.ts";
import { House } from "#main/simulate-cli/machine/house.ts";

const HOUR_MS = 3_600_000;
const SETPOINT_C = 25.5;

/** What the thermostat looks at; all else is asked once a minute, to be done sooner. */
const ASKED_AS_EVER: readonly string[] = ["display-temperature", "heater-power"];

/** The demo tank as a first start finds it, two hours later. */
async function demo() {
  const house = new House({ params: {}, startMs: Date.UTC(2026, 0, 15, 11) });
  const configuration = demoTank(simulatedTankDriver, house.clock.nowMs());
  const channels = configuration.channels.map((c) =>
    c.kind !== "sensor" || ASKED_AS_EVER.includes(c.key) ? c : { ...c, pollIntervalS: 60 },
  );
  const core = new OurCore(house, { ...configuration, channels, revision: 1 });
  await core.start();
  await house.clock.advance(2 * HOUR_MS);
  const probe = house.plugIn();
  const display = async () => (await probe.sample(["display-temperature"])).get("display-temperature");
  return { house, core, display };
}

test("the demo tank is held at 25.5 °C, ±0.25 by its probe and ±0.3 in truth, with at most 20 heater starts a day", async () => {
  const { house, display } = await demo();
  const seen = { probeC: [] as number[], truthC: [] as number[], starts: 0 };
  let wasOn = house.levelOf("heater") > 0;
  every(house.clock, 10_000, () => {
    seen.truthC.push(house.truth().displayC);
    void display().then((sample) => {
      if (sample !== undefined && "value" in sample) seen.probeC.push(sample.value);
    });
    const isOn = house.levelOf("heater") > 0;
    if (isOn && !wasOn) seen.starts++;
    wasOn = isOn;
  });
  await house.clock.advance(8 * HOUR_MS);
  const furthest = (values: readonly number[]) => Math.max(...values.map((c) => Math.abs(c - SETPOINT_C)));
  expect(seen.probeC.length).toBeGreaterThan(2_500);
  expect(furthest(seen.probeC)).toBeLessThanOrEqual(0.25);
  expect(furthest(seen.truthC)).toBeLessThanOrEqual(0.3);
  expect(seen.starts).toBeGreaterThan(0);
  expect(seen.starts).toBeLessThanOrEqual(Math.floor((20 * 8) / 24));
}, 240_000);

test("in a cold snap the heater is told on and on, says that it cannot keep up, and is never switched off for it", async () => {
  const { house, core } = await demo();
  house.strike({ name: "cold-snap" });
  let isFalling = false;
  const offs: number[] = [];
  every(house.clock, 10_000, () => {
    isFalling ||= house.truth().displayC < SETPOINT_C - 0.5;
    if (isFalling && house.levelOf("heater") === 0) offs.push(house.clock.monotonicMs());
  });
  await house.clock.advance(7 * HOUR_MS);
  expect(isFalling).toBe(true);
  expect(offs).toEqual([]);
  expect(core.output("heater")?.faults).toEqual([]);
  expect(core.told.map(({ text }) => text).join()).toMatch(/Temperature loop-warning/);
}, 240_000);
