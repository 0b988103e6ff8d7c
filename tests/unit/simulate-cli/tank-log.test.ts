import { expect, test } from "vitest";
import type { TankTruth } from "#main/hardware/simulated/simulated-tank.ts";
import { TankLog } from "#main/simulate-cli/tank-log.ts";

const HOUR_S = 3_600;
const HEALTHY: TankTruth = {
  elapsedS: 0,
  displayC: 25.5,
  sumpC: 25.5,
  roomC: 22,
  ph: 8.15,
  orpMv: 355,
  salinityPpt: 35,
  alkalinityDkh: 8.3,
  calciumMgPerL: 430,
  addedAlkalinityDkh: 0,
  dosedMl: 0,
  overflowL: 0,
  leakedL: 0,
  displayL: 320,
  sumpL: 80,
  reservoirL: 40,
  returnLPerH: 3_000,
  heaterW: 0,
};
const truth = (changes: Partial<TankTruth>): TankTruth => ({ ...HEALTHY, ...changes });

test("it remembers the worst, and when each lethal limit was first crossed", () => {
  const log = new TankLog({ overflowL: 0 });
  log.look(truth({ elapsedS: 10, displayC: 19.9 }));
  log.look(truth({ elapsedS: 20, displayC: 32.5, salinityPpt: 27 }));
  log.look(truth({ elapsedS: 30, displayC: 33, salinityPpt: 43, overflowL: 1.5 }));
  expect(log.extremes).toMatchObject({ minC: 19.9, maxC: 33, minPpt: 27, maxPpt: 43, overflowL: 1.5 });
  expect([...log.crossedAtS]).toEqual([
    ["minC", 10],
    ["maxC", 20],
    ["minPpt", 20],
    ["maxPpt", 30],
    ["overflowL", 30],
  ]);
});

test("a scenario's own bound of overflow is not yet a loss", () => {
  const log = new TankLog({ overflowL: 20 });
  log.look(truth({ overflowL: 19 }));
  expect([...log.crossedAtS.keys()]).toEqual([]);
  log.look(truth({ overflowL: 21 }));
  expect([...log.crossedAtS.keys()]).toEqual(["overflowL"]);
});

test("added alkalinity counts in any 24 hours, not by the day of the calendar", () => {
  const log = new TankLog({ overflowL: 0 });
  for (let hour = 0; hour <= 48; hour++) {
    log.look(truth({ elapsedS: hour * HOUR_S, addedAlkalinityDkh: hour < 20 ? 0 : hour < 30 ? 1.5 : 2.2 }));
  }
  expect(log.extremes.maxDkhPerDay).toBeCloseTo(2.2);
  expect([...log.crossedAtS]).toEqual([["dkhPerDay", 30 * HOUR_S]]);
});

test("a return that rests twice is not one that stands for long", () => {
  const log = new TankLog({ overflowL: 0 });
  for (let minute = 0; minute <= 300; minute++) {
    const isStill = minute % 100 > 10;
    log.look(truth({ elapsedS: minute * 60, returnLPerH: isStill ? 0 : 3_000 }));
  }
  expect(log.extremes.returnAbsentS).toBe(89 * 60);
  log.look(truth({ elapsedS: 10 * HOUR_S, returnLPerH: 0 }));
  expect([...log.crossedAtS.keys()]).toEqual(["returnAbsentS"]);
});
