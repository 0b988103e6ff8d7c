import { expect, test } from "vitest";
import { SimulatedTankDriver } from "#main/hardware/drivers/simulated-tank/driver.ts";
import { SimulatedTankParams } from "#main/hardware/drivers/simulated-tank/params.ts";
import { loopRig } from "#tests/builders/loop-rig.ts";
import { CHANNELS, DISPLAY, HEATER, loopConfig, ROOM } from "#tests/builders/thermostat-bench.ts";

const STEP_MS = 10_000;
/** A hundred thousand steps of physics, on a machine that is busy with other things. */
const LIMIT_MS = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Our thermostat on the default simulated tank, for so long. */
function run(forMs: number, params: Record<string, unknown> = {}) {
  const rig = loopRig(loopConfig({ roomSensorChannelId: ROOM.id }), CHANNELS, { systemVolumeL: () => 400 });
  const { tank } = new SimulatedTankDriver(SimulatedTankParams.parse(params), rig.clock);
  for (const key of ["return-pump", "circulation"] as const) tank.setOutput(key, 100);
  const seen: { atMs: number; probeC: number; truthC: number; isOn: boolean }[] = [];
  for (let atMs = 0; atMs < forMs; atMs += STEP_MS) {
    rig.clock.step(STEP_MS);
    tank.advanceTo(rig.clock.monotonicMs());
    const [water, room] = [tank.read("display-temperature"), tank.read("room-temperature")];
    if (!("value" in water && "value" in room)) throw new Error("a probe that works says what it sees");
    rig.publish(DISPLAY.id, water.value);
    rig.publish(ROOM.id, room.value);
    rig.loop.decide();
    const heaterPct = rig.outputs.levelOf(HEATER.id);
    tank.setOutput("heater", heaterPct);
    seen.push({ atMs, probeC: water.value, truthC: tank.truth().displayC, isOn: heaterPct > 0 });
  }
  const warnings = rig.log.lines
    .filter(({ message }) => message === "a loop warns")
    .map(({ fields }) => fields["code"]);
  return { seen, warnings, state: rig.loop.state() };
}

test.each([1, 2])(
  "on the default tank it holds 25.5 °C ±0.25 by its probe and ±0.3 in truth, with at most 20 starts a day (seed %i)",
  (seed) => {
    const { seen, warnings, state } = run(DAY + 6 * HOUR, { seed });
    const settled = seen.filter(({ atMs }) => atMs > 4 * HOUR);
    const offset = (valueC: number) => Math.abs(valueC - 25.5);
    expect(Math.max(...settled.map(({ probeC }) => offset(probeC)))).toBeLessThanOrEqual(0.25);
    expect(Math.max(...settled.map(({ truthC }) => offset(truthC)))).toBeLessThanOrEqual(0.3);
    const lastDay = seen.filter(({ atMs }) => atMs >= 6 * HOUR);
    const starts = lastDay.filter(({ isOn }, index) => isOn && lastDay[index - 1]?.isOn === false).length;
    expect(starts).toBeLessThanOrEqual(20);
    expect(state).toMatchObject({ heaterStartsLastDay: starts, warnings: [] });
    expect(warnings).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "in a cold snap the heater is on for good, a person is told that it cannot keep up, and it is never switched off for it",
  () => {
    const { seen, warnings, state } = run(12 * HOUR, { faults: ["cold-snap"] });
    expect(warnings).toEqual(["cannot-keep-up"]);
    expect(state).toMatchObject({ state: "heating" });
    const cold = seen.filter(({ atMs, probeC }) => atMs > HOUR && probeC < 25.35);
    expect(cold.length).toBeGreaterThan(500);
    expect(cold.every(({ isOn }) => isOn)).toBe(true);
  },
  LIMIT_MS,
);
