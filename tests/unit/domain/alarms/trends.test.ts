import fc from "fast-check";
import { expect, test } from "vitest";
import { DriftMeter, signalOfDrift } from "#domain/alarms/drift-meter.ts";
import { FORECAST_WINDOW_S, isForecast, timeToLimitS } from "#domain/alarms/forecast.ts";
import { SlopeMeter } from "#domain/alarms/slope-meter.ts";
import { alarm } from "#tests/builders/alarm.ts";

test("the slope of a straight line is found, from wherever it starts and however it is sampled", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 120 }),
      (startMs, perS, everyS) => {
        const meter = new SlopeMeter(3_600);
        let atMs = startMs;
        for (let i = 0; i < 200; i++) {
          meter.add(atMs, 25 + (perS * (atMs - startMs)) / 1_000);
          atMs += everyS * 1_000;
        }
        const slope = meter.slope(atMs - everyS * 1_000);
        expect(slope?.perS).toBeCloseTo(perS, 6);
        expect(slope?.spanS).toBeLessThanOrEqual(3_660);
        expect(slope?.value).toBeCloseTo(25 + perS * 199 * everyS, 3);
      },
    ),
  );
});

test("one sample, or several at one instant, have no slope; what is old is forgotten", () => {
  const meter = new SlopeMeter(60);
  expect(meter.slope(0)).toBeNull();
  meter.add(0, 1);
  meter.add(0, 2);
  expect(meter.slope(0)).toBeNull();
  meter.add(10_000, 3);
  expect(meter.slope(10_000)?.samples).toBe(3);
  expect(meter.slope(100_000)).toBeNull();
  meter.add(101_000, 3);
  meter.add(102_000, 4);
  expect(meter.slope(102_000)).toMatchObject({ samples: 2, standardError: Number.POSITIVE_INFINITY });
  meter.forgetAll();
  expect(meter.slope(102_000)).toBeNull();
});

function trend(from: number, perHour: number, noise = 0) {
  const meter = new SlopeMeter(FORECAST_WINDOW_S);
  for (let s = 0; s <= FORECAST_WINDOW_S; s += 60) {
    meter.add(s * 1_000, from + (perHour * s) / 3_600 + (s % 120 === 0 ? noise : -noise));
  }
  return meter.slope(FORECAST_WINDOW_S * 1_000);
}

test("a limit that nears at the present trend is forecast, the way it lies and no other", () => {
  const high = alarm(1, { setpoint: 26.7 });
  expect(timeToLimitS(high, trend(25, 0.4))).toBeCloseTo(((26.7 - 25.8) / 0.4) * 3_600, 0);
  expect(timeToLimitS(high, trend(26, -0.4))).toBeNull();
  expect(timeToLimitS(high, trend(27, 0.4))).toBeNull();
  expect(timeToLimitS(high, trend(25, 0.02))).toBeNull();
  expect(timeToLimitS(high, trend(25, 0.05, 0.5))).toBeNull();
  const low = alarm(2, { kind: "low", setpoint: 24.4 });
  expect(timeToLimitS(low, trend(26, -0.4))).toBeGreaterThan(0);
  expect(timeToLimitS(high, null)).toBeNull();
  expect(timeToLimitS({ ...high, setpoint: null }, trend(25, 0.4))).toBeNull();
  expect(timeToLimitS(alarm(3, { kind: "stale", setpoint: null }), trend(25, 0.4))).toBeNull();
  expect([isForecast(high), isForecast(alarm(4, { kind: "digital" }))]).toEqual([true, false]);
});

test("too short a past is no trend", () => {
  const meter = new SlopeMeter(FORECAST_WINDOW_S);
  for (let s = 0; s <= 600; s += 60) meter.add(s * 1_000, 25 + s / 1_000);
  expect(timeToLimitS(alarm(1), meter.slope(600_000))).toBeNull();
});

/** Days of so many hours, each with its mean; null: nothing was said. */
function drifted(days: readonly (number | null)[]): DriftMeter {
  const meter = new DriftMeter();
  for (const day of days)
    for (let h = 0; h < 24; h++) {
      if (day !== null) meter.add(day);
      meter.turn();
    }
  return meter;
}

test("today is compared with the median of the days before", () => {
  expect(drifted([10, 10, 30, 10, 10, 10, 10, 20]).ratio()).toBeCloseTo(2);
  expect(drifted([10, 10, 10, 20]).ratio()).toBeCloseTo(2);
  expect(drifted([10, 10, 20]).ratio()).toBeNull();
  expect(drifted([10, 10, 10, null]).ratio()).toBeNull();
  expect(drifted([0, 0, 0, 5]).ratio()).toBeNull();
  expect(drifted([]).ratio()).toBeNull();
  const kept = drifted([10, 10, 10, 10, 10, 10, 10, 10, 15]).kept();
  expect(kept.hours).toHaveLength(192);
  expect(new DriftMeter(kept).ratio()).toBeCloseTo(1.5);
});

test("a drift above its set-point is violated, or below it where that is less than one", () => {
  const more = alarm(1, { kind: "drift", setpoint: 1.5, deadband: 0.1 });
  const less = alarm(2, { kind: "drift", setpoint: 0.7, deadband: 0.1 });
  expect([1.6, 1.45, 1.3].map((ratio) => signalOfDrift(more, ratio).condition)).toEqual([
    "violated",
    "between",
    "clear",
  ]);
  expect([0.6, 0.75, 0.9].map((ratio) => signalOfDrift(less, ratio).condition)).toEqual([
    "violated",
    "between",
    "clear",
  ]);
  expect(signalOfDrift(more, null).condition).toBe("unknown");
  expect(signalOfDrift({ ...more, setpoint: null }, 3).condition).toBe("unknown");
});
