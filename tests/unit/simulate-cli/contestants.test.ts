import { expect, test } from "vitest";
import { DOSER_ML_PER_S } from "#main/hardware/simulated/equipment.ts";
import { HELD_VALUE } from "#main/simulate-cli/contestants/held-value.ts";
import { OurCore } from "#main/simulate-cli/contestants/our-core.ts";
import { REEF_PI_RULES } from "#main/simulate-cli/contestants/reef-pi-rules.ts";
import { Reference } from "#main/simulate-cli/contestants/reference.ts";
import { House } from "#main/simulate-cli/machine/house.ts";
import {
  ALL_FITTED,
  DOSE_ML_PER_DAY,
  DOSES_PER_DAY,
  paramsFor,
  survivalTank,
} from "#main/simulate-cli/machine/survival-tank.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Ten minutes before a dose: it is 14:50 in Berlin. */
const START_MS = Date.UTC(2026, 0, 15, 13, 50);
const DOSE_ML = DOSE_ML_PER_DAY / DOSES_PER_DAY;
/** A plug drops a dose that nobody ended so long after its time, s. */
const LEASE_MARGIN_S = 5;

const houseOf = (params: Record<string, unknown> = {}, startMs = START_MS) =>
  new House({ params: { ...paramsFor(ALL_FITTED, 1), ...params }, startMs });

test.each([HELD_VALUE, REEF_PI_RULES])("$name keeps a healthy tank in its band", async (law) => {
  const house = houseOf();
  await new Reference(law, house).start();
  await house.clock.advance(8 * HOUR_MS);
  const { displayC, overflowL, salinityPpt } = house.truth();
  expect(Math.abs(displayC - 25.5)).toBeLessThan(0.5);
  expect(overflowL).toBe(0);
  expect(salinityPpt).toBeCloseTo(35, 0);
});

test.each([HELD_VALUE, REEF_PI_RULES])("$name heats on and on by a probe that says -7.1 °C", async (law) => {
  const house = houseOf({ roomMinC: 26, roomMaxC: 29 });
  await new Reference(law, house).start();
  house.strike({ name: "probe-reads-minus-7-1" });
  await house.clock.advance(20 * HOUR_MS);
  expect(house.truth().displayC).toBeGreaterThan(32);
});

test("the real core goes on from what it kept after a kill: the pump is off, the partial dose counts", async () => {
  const house = houseOf({}, START_MS + 9 * MINUTE_MS);
  const configuration = survivalTank(ALL_FITTED, house, house.clock.nowMs());
  const core = new OurCore(house, configuration);
  await core.start();
  for (let s = 0; house.levelOf("doser-alkalinity") === 0 && s < 120; s++) await house.clock.advance(1_000);
  await house.clock.advance(2_000);
  expect(house.truth().dosedMl).toBeGreaterThan(0);
  expect(house.levelOf("doser-alkalinity")).toBe(100);
  core.kill();
  expect([core.isRunning, core.output("doser-alkalinity")]).toEqual([false, null]);
  // Nobody ends the dose: its plug does, when its lease is over.
  await house.clock.advance(20_000);
  const { dosedMl } = house.truth();
  expect(dosedMl).toBeCloseTo(DOSE_ML + LEASE_MARGIN_S * DOSER_ML_PER_S, 1);
  expect(house.levelOf("doser-alkalinity")).toBe(0);
  await core.start();
  await house.clock.advance(5_000);
  expect(core.output("doser-alkalinity")).toMatchObject({ requested: 0, actual: 0 });
  const doser = configuration.loops.find(({ type }) => type === "doser");
  const counted = doser && core.tank?.loops.stateOf(doser.id);
  expect(counted).toMatchObject({ dosedLastDayMl: expect.any(Number) });
  expect(counted && "dosedLastDayMl" in counted && counted.dosedLastDayMl).toBeGreaterThanOrEqual(DOSE_ML);
  await house.clock.advance(5 * MINUTE_MS);
  expect(house.truth().dosedMl).toBe(dosedMl);
}, 120_000);

test("with its probe gone the real core says so, and its heater is held by the other probe", async () => {
  const house = houseOf({ roomMinC: 17, roomMaxC: 20 });
  const core = new OurCore(house, survivalTank(ALL_FITTED, house, house.clock.nowMs()));
  await core.start();
  await house.clock.advance(10 * MINUTE_MS);
  house.strike({ name: "probe-vanishes" });
  const atMs = house.clock.monotonicMs();
  await house.clock.advance(90 * MINUTE_MS);
  const told = core.told.find((t) => t.atMs > atMs && t.key === "display-temperature");
  expect(told?.text).toContain("Display temperature");
  expect((told?.atMs ?? 0) - atMs).toBeLessThan(2 * MINUTE_MS);
  expect(house.truth().displayC).toBeGreaterThan(25);
  expect(house.truth().displayC).toBeLessThan(26);
}, 60_000);
