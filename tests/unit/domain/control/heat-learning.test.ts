import { expect, test } from "vitest";
import { type Curve, CurveMeter } from "#domain/control/curve-meter.ts";
import {
  type HeatModel,
  heaterShareC,
  heatModelFrom,
  offCurveCPerH,
  predictedDriftC,
  predictedRiseC,
} from "#domain/control/heat-model.ts";
import { learnedHeatModel, NO_HEAT_LEARNED, withCurve } from "#domain/control/learned-heat.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("300 W add 0.22 °C to 400 L in 20 minutes, on top of what the room takes", () => {
  const model = heatModelFrom(300, 400);
  expect(heaterShareC(model, 20 * MINUTE)).toBeCloseTo(0.219, 3);
  // 37.8 W/°C: at 3.4 °C above the room the tank loses 130 W.
  expect(predictedDriftC(model, { waterC: 25.4, roomC: 22 }, HOUR)).toBeCloseTo(-0.2818, 3);
  expect(predictedRiseC(model, { waterC: 25.4, roomC: 22 }, HOUR)).toBeCloseTo(0.6579 - 0.2818, 3);
});

test("without a room sensor the off-curve is the last one that was seen, or nobody knows", () => {
  const model: HeatModel = { ...heatModelFrom(300, 400), lastOffCPerH: -0.2 };
  expect(offCurveCPerH(model, { waterC: 25, roomC: null })).toBe(-0.2);
  expect(predictedRiseC(model, { waterC: 25, roomC: null }, HOUR)).toBeCloseTo(0.4579, 3);
  expect(predictedRiseC({ ...model, lastOffCPerH: null }, { waterC: 25, roomC: null }, HOUR)).toBeNull();
});

/** A heater on and off by the hour; the water follows with the rates given. */
function curvesOf(meter: CurveMeter, spans: readonly { isOn: boolean; rateCPerH: number; minutes: number }[]) {
  const curves: Curve[] = [];
  let [atMs, waterC] = [0, 25];
  for (const { isOn, rateCPerH, minutes } of spans) {
    for (let s = 0; s < minutes * 60; s += 10) {
      const curve = meter.note({ isOn, waterC, roomC: 22, atMs });
      if (curve !== null) curves.push(curve);
      atMs += 10_000;
      waterC += rateCPerH / 360;
    }
  }
  return curves;
}

test("it measures how the water moves between two switches of the heater, once the lag is over", () => {
  const curves = curvesOf(new CurveMeter(), [
    { isOn: true, rateCPerH: 0.5, minutes: 40 },
    { isOn: false, rateCPerH: -0.2, minutes: 50 },
    { isOn: true, rateCPerH: 0.5, minutes: 1 },
  ]);
  expect(curves.map(({ isOn }) => isOn)).toEqual([true, false]);
  expect(curves[0]?.rateCPerH).toBeCloseTo(0.5, 6);
  expect(curves[1]?.rateCPerH).toBeCloseTo(-0.2, 6);
  expect(curves[1]?.aboveRoomC).toBeCloseTo(3.24, 1);
});

test("a short span says nothing, and a long one is told every hour", () => {
  const short = [
    { isOn: true, rateCPerH: 0.5, minutes: 15 },
    { isOn: false, rateCPerH: -0.2, minutes: 2 },
    { isOn: true, rateCPerH: 0.5, minutes: 2 },
  ];
  expect(curvesOf(new CurveMeter(), short)).toEqual([]);
  const long = curvesOf(new CurveMeter(), [{ isOn: false, rateCPerH: -0.1, minutes: 190 }]);
  expect(long).toHaveLength(3);
  expect(long[1]?.rateCPerH).toBeCloseTo(-0.1, 6);
});

test("without a room sensor a curve has its rate alone", () => {
  const meter = new CurveMeter();
  const samples = [0, 6, 36].map((minute) => ({
    isOn: false,
    waterC: 25 - minute / 300,
    roomC: null,
    atMs: minute * MINUTE,
  }));
  for (const sample of samples) meter.note(sample);
  const curve = meter.note({ isOn: true, waterC: 24.8, roomC: null, atMs: 40 * MINUTE });
  expect(curve?.aboveRoomC).toBeNull();
  expect(curve?.rateCPerH).toBeCloseTo(-0.2, 6);
});

test("what it forgot, and what was seen once only, says nothing", () => {
  const meter = new CurveMeter();
  meter.note({ isOn: true, waterC: 25, roomC: null, atMs: 0 });
  meter.note({ isOn: true, waterC: 25.2, roomC: null, atMs: 30 * MINUTE });
  expect(meter.note({ isOn: false, waterC: 25.2, roomC: null, atMs: 31 * MINUTE })).toBeNull();
  meter.note({ isOn: false, waterC: 25.2, roomC: null, atMs: 60 * MINUTE });
  meter.forget();
  expect(meter.note({ isOn: true, waterC: 25.2, roomC: null, atMs: 61 * MINUTE })).toBeNull();
});

const onAt = (aboveRoomC: number): Curve => ({
  isOn: true,
  rateCPerH: 0.66 + 0.09 - 0.08 * aboveRoomC,
  aboveRoomC,
});
const offAt = (aboveRoomC: number): Curve => ({ isOn: false, rateCPerH: 0.09 - 0.08 * aboveRoomC, aboveRoomC });

test("from its own curves it learns what the heater adds, what the room takes and what the pumps give", () => {
  const curves = [1.5, 2, 2.5, 3, 3.5, 4, 4.5].flatMap((aboveC) => [onAt(aboveC), offAt(aboveC)]);
  const model = learnedHeatModel(curves.reduce(withCurve, NO_HEAT_LEARNED), null);
  expect(model?.isLearned).toBe(true);
  expect(model?.heaterCPerH).toBeCloseTo(0.66, 6);
  expect(model?.lossPerH).toBeCloseTo(0.08, 6);
  expect(model?.baseCPerH).toBeCloseTo(0.09, 6);
  expect(model?.lastOffCPerH).toBeCloseTo(0.09 - 0.08 * 4.5, 6);
});

test("a room that hardly moved leaves the loss to the nameplate's model, or to none", () => {
  const learned = [3, 3.1, 3.2]
    .flatMap((aboveC) => [onAt(aboveC), offAt(aboveC)])
    .reduce(withCurve, NO_HEAT_LEARNED);
  expect(learnedHeatModel(learned, heatModelFrom(300, 400))?.lossPerH).toBeCloseTo(0.0829, 4);
  expect(learnedHeatModel(learned, null)).toMatchObject({ lossPerH: 0, isLearned: true });
  const unmeasured = { on: [{ rateCPerH: 0.5, aboveRoomC: null }], off: [] };
  const three = {
    ...unmeasured,
    on: Array(3).fill(unmeasured.on[0]),
    off: Array(3).fill({ rateCPerH: -0.1, aboveRoomC: null }),
  };
  expect(learnedHeatModel(three, null)?.heaterCPerH).toBeCloseTo(0.6, 6);
});

test("a loss that would warm the water, or a heater that would cool it, is not believed", () => {
  const wrongWay = [1, 2.5, 4, 5.5]
    .flatMap((aboveC): Curve[] => [onAt(aboveC), { isOn: false, rateCPerH: 0.08 * aboveC, aboveRoomC: aboveC }])
    .reduce(withCurve, NO_HEAT_LEARNED);
  expect(learnedHeatModel(wrongWay, heatModelFrom(300, 400))?.lossPerH).toBeCloseTo(0.0829, 4);
  const cold = [3, 3, 3]
    .flatMap((aboveC): Curve[] =>
      [{ ...offAt(aboveC), isOn: true }, onAt(aboveC)].map((c, i) => ({ ...c, isOn: i === 0 })),
    )
    .reduce(withCurve, NO_HEAT_LEARNED);
  expect(learnedHeatModel(cold, null)).toBeNull();
  expect(learnedHeatModel(cold, heatModelFrom(300, 400))).toMatchObject({ isLearned: false });
});

test("until it has seen enough, nameplate and volume are the model, with the last off-curve", () => {
  const one = withCurve(NO_HEAT_LEARNED, offAt(3));
  expect(learnedHeatModel(one, null)).toBeNull();
  expect(learnedHeatModel(NO_HEAT_LEARNED, heatModelFrom(300, 400))).toEqual(heatModelFrom(300, 400));
  expect(learnedHeatModel(one, heatModelFrom(300, 400))?.lastOffCPerH).toBeCloseTo(-0.15, 6);
  const many = Array.from({ length: 40 }, () => onAt(3)).reduce(withCurve, NO_HEAT_LEARNED);
  expect(many.on).toHaveLength(24);
});
