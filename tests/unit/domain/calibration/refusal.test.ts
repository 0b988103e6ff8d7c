import { expect, test } from "vitest";
import { calibrationRefusal } from "#domain/calibration/refusal.ts";

function ph(...points: [raw: number, actual: number][]) {
  return calibrationRefusal("ph", { points: points.map(([raw, actual]) => ({ raw, actual })) });
}

test("an offset or a single point is never refused", () => {
  expect(calibrationRefusal("ph", { offset: 0.3 })).toBeNull();
  expect(ph([6.8, 7])).toBeNull();
  expect(ph()).toBeNull();
});

test("a pH slope within 85–105 % is taken, whether the probe speaks pH or millivolts", () => {
  expect(ph([7.1, 7], [4.2, 4])).toBeNull();
  expect(ph([5, 7], [165, 4])).toBeNull();
  expect(ph([5, 7], [165, 4], [-160, 10])).toBeNull();
});

test("a pH slope outside 85–105 % is refused and named", () => {
  expect(ph([7, 7], [4.6, 4])).toContain("80 %");
  expect(ph([7, 7], [3.7, 4])).toContain("110 %");
  expect(ph([5, 7], [125, 4])).toContain("68 %");
  expect(ph([7, 7], [4.1, 4], [9, 10])).toContain("67 %");
});

test("a dead pH probe that says 7 in every buffer is refused", () => {
  expect(ph([7, 7], [6.9, 4])).toContain("3 %");
});

test("an analog board's volts have a gain of their own and no slope rule", () => {
  expect(ph([1.5, 7], [2.03, 4])).toBeNull();
  expect(ph([300, 7], [900, 4])).toBeNull();
});

test("other quantities have no slope rule", () => {
  expect(
    calibrationRefusal("salinity", {
      points: [
        { raw: 0, actual: 0 },
        { raw: 20, actual: 35 },
      ],
    }),
  ).toBeNull();
});

test("points that name one actual value twice or contradict one another are refused", () => {
  expect(ph([7, 7], [4, 7])).toContain("same actual value");
  expect(
    calibrationRefusal("orp", {
      points: [
        { raw: 1, actual: 1 },
        { raw: 2, actual: 5 },
        { raw: 3, actual: 2 },
      ],
    }),
  ).toContain("contradict");
});
