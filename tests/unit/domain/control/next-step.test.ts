import { expect, test } from "vitest";
import type { LocalTime } from "#domain/control/local-time.ts";
import { nextStep, type ThermostatOutlook } from "#domain/control/next-step.ts";
import { thresholdsFrom } from "#domain/control/thermostat.ts";

const HOUR = 3_600_000;
const NOON: LocalTime = { year: 2026, month: 1, day: 15, minuteOfDay: 720 };

function stepOf(changes: Partial<ThermostatOutlook> = {}, with_: { hasChiller?: boolean; night?: boolean } = {}) {
  const night = with_.night === true ? { setpointC: 24.5, from: "22:00", to: "06:00" } : null;
  const settings = {
    setpointC: 25.5,
    night,
    monthlyOffsetsC: null,
    hasHeater: true,
    hasChiller: with_.hasChiller === true,
  };
  const limits = thresholdsFrom({ ...settings, hysteresisC: 0.15 });
  return nextStep({
    settings,
    demand: "idle",
    limits,
    waterC: 25.5,
    rateCPerH: null,
    local: NOON,
    ...changes,
  });
}

test("it says at which value it switches next, and when where the curve is known", () => {
  expect(stepOf()).toEqual({ text: "Heating begins below 25.35 °C.", inMs: null });
  const cooling = stepOf({ rateCPerH: -0.15 });
  expect(cooling.inMs).toBeCloseTo(HOUR, -1);
  expect(stepOf({ demand: "heating", waterC: 25.4, rateCPerH: 0.5 }).text).toBe("Heating ends at 25.65 °C.");
  expect(stepOf({ demand: "heating", waterC: 25.4, rateCPerH: 0.5 }).inMs).toBeCloseTo(HOUR / 2, -1);
  expect(stepOf({ demand: "cooling", waterC: 26 }, { hasChiller: true }).text).toBe("Cooling ends at 25.50 °C.");
});

test("a curve that leads away from the value, stands still, or needs more than a day gives no time", () => {
  expect(stepOf({ demand: "heating", rateCPerH: -0.1 }).inMs).toBeNull();
  expect(stepOf({ rateCPerH: 0 }).inMs).toBeNull();
  expect(stepOf({ rateCPerH: -0.001 }).inMs).toBeNull();
});

test("with heater and chiller the water's own way tells which comes next", () => {
  expect(stepOf({ rateCPerH: 0.1 }, { hasChiller: true }).text).toBe("Cooling begins above 25.65 °C.");
  expect(stepOf({ rateCPerH: -0.1 }, { hasChiller: true }).text).toBe("Heating begins below 25.35 °C.");
  expect(stepOf({}, { hasChiller: true }).text).toBe("Heating begins below 25.35 °C.");
  const alone = stepOf({
    settings: { setpointC: 25.5, night: null, monthlyOffsetsC: null, hasHeater: false, hasChiller: true },
  });
  expect(alone.text).toBe("Cooling begins above 25.65 °C.");
});

test("night is announced where it comes before the next switch", () => {
  const at = (minuteOfDay: number) => ({ ...NOON, minuteOfDay });
  expect(stepOf({ local: at(21 * 60 + 30) }, { night: true })).toEqual({
    text: "From 22:00 it holds 24.50 °C.",
    inMs: HOUR / 2,
  });
  expect(stepOf({ local: at(12 * 60) }, { night: true }).text).toBe("Heating begins below 25.35 °C.");
  expect(stepOf({ local: at(21 * 60), rateCPerH: -0.01 }, { night: true }).text).toContain("22:00");
  expect(stepOf({ local: at(5 * 60 + 30), rateCPerH: null }, { night: true }).text).toBe(
    "From 06:00 it holds 25.50 °C.",
  );
  const always = { setpointC: 24, from: "22:00", to: "22:00" };
  const settings = { setpointC: 25.5, night: always, monthlyOffsetsC: null, hasHeater: true, hasChiller: false };
  expect(stepOf({ settings, local: at(21 * 60 + 59) }).text).toBe("Heating begins below 25.35 °C.");
});
