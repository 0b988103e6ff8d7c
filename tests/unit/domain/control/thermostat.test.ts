import fc from "fast-check";
import { expect, test } from "vitest";
import type { ControlInput } from "#domain/control/control-input.ts";
import { decideThermostat, type ThermostatDemand } from "#domain/control/thermostat.ts";

const HEATER = { setpointC: 25.5, hysteresisC: 0.15, hasHeater: true, hasChiller: false };
const CHILLER = { ...HEATER, hasHeater: false, hasChiller: true };
const BOTH = { ...HEATER, hasChiller: true };
const at = (value: number): ControlInput => ({ isUsable: true, value });
const BAD: ControlInput = { isUsable: false, problem: "is bad (comm)" };

function demands(settings: typeof HEATER, valuesC: readonly number[]): readonly ThermostatDemand[] {
  let before: ThermostatDemand = "idle";
  return valuesC.map((valueC) => {
    before = decideThermostat(settings, { first: at(valueC), second: null }, before).demand;
    return before;
  });
}

test("a lone heater swings over the whole differential", () => {
  expect(demands(HEATER, [25.5, 25.35, 25.34, 25.5, 25.64, 25.65, 25.5, 25.36])).toEqual([
    "idle",
    "idle",
    "heating",
    "heating",
    "heating",
    "idle",
    "idle",
    "idle",
  ]);
});

test("a lone chiller does so the other way round", () => {
  expect(demands(CHILLER, [25.65, 25.66, 25.5, 25.36, 25.35, 25.6])).toEqual([
    "idle",
    "cooling",
    "cooling",
    "cooling",
    "idle",
    "idle",
  ]);
});

test("where both are there each ends at the setpoint, so that no overshoot starts the other", () => {
  expect(demands(BOTH, [25.3, 25.49, 25.5, 25.64, 25.7, 25.51, 25.5, 25.36])).toEqual([
    "heating",
    "heating",
    "idle",
    "idle",
    "cooling",
    "cooling",
    "idle",
    "idle",
  ]);
});

test("its words are true and say why", () => {
  const say = (settings: typeof HEATER, valueC: number, before: ThermostatDemand) =>
    decideThermostat(settings, { first: at(valueC), second: null }, before).text;
  expect(say(HEATER, 25.31, "idle")).toBe("Heating: 25.31 °C is below 25.35 °C.");
  expect(say(HEATER, 25.346, "idle")).toBe("Heating: 25.3460 °C is below 25.3500 °C.");
  expect(say(HEATER, 25.4, "heating")).toBe("Heating: 25.40 °C has not yet risen to 25.65 °C.");
  expect(say(CHILLER, 26, "idle")).toBe("Cooling: 26.00 °C is above 25.65 °C.");
  expect(say(CHILLER, 25.5, "cooling")).toBe("Cooling: 25.50 °C has not yet come down to 25.35 °C.");
  expect(say(BOTH, 25.5, "idle")).toBe(
    "Idle at 25.50 °C: heating begins below 25.35 °C, cooling begins above 25.65 °C.",
  );
});

test("without a usable sensor it neither heats nor cools, and says what is wrong", () => {
  expect(decideThermostat(BOTH, { first: BAD, second: null }, "heating")).toEqual({
    demand: "blocked",
    code: "sensor-not-good",
    text: "Neither heating nor cooling: its sensor is bad (comm).",
    processVariableC: null,
  });
  const silent: ControlInput = { isUsable: false, problem: "is silent for 95 s" };
  expect(decideThermostat(BOTH, { first: BAD, second: silent }, "heating").text).toBe(
    "Neither heating nor cooling: its sensors are not good (is bad (comm); is silent for 95 s).",
  );
});

test("of two probes the higher heats, the lower cools, and one alone decides", () => {
  const decide = (first: ControlInput, second: ControlInput, before: ThermostatDemand = "idle") =>
    decideThermostat(BOTH, { first, second }, before);
  expect(decide(at(25.3), at(25.4)).demand).toBe("idle");
  expect(decide(at(25.3), at(25.4)).text).toBe(
    "Idle at 25.30 °C and 25.40 °C: heating begins below 25.35 °C at the higher probe, cooling begins above 25.65 °C at the lower probe.",
  );
  expect(decide(at(25.3), at(25.34)).demand).toBe("heating");
  expect(decide(at(25.7), at(25.6)).demand).toBe("idle");
  expect(decide(at(25.7), at(25.66)).demand).toBe("cooling");
  expect(decide(BAD, at(25.3))).toMatchObject({ demand: "heating", processVariableC: 25.3 });
  expect(decide(at(25.3), BAD)).toMatchObject({ demand: "heating", processVariableC: 25.3 });
});

test("probes more than 1 °C apart are believed by nobody", () => {
  const decision = decideThermostat(BOTH, { first: at(24), second: at(25.2) }, "heating");
  expect(decision).toMatchObject({ demand: "blocked", code: "probes-differ", processVariableC: 24 });
  expect(decision.text).toContain("24.00 °C and 25.20 °C");
});

test("it never heats above where heating ends nor cools below where cooling ends, whatever was before", () => {
  const demand = fc.constantFrom<ThermostatDemand>("heating", "cooling", "idle", "blocked");
  const input = fc.oneof(fc.double({ min: 20, max: 32, noNaN: true }).map(at), fc.constant(BAD));
  fc.assert(
    fc.property(
      fc.constantFrom(HEATER, CHILLER, BOTH),
      input,
      fc.option(input, { nil: null }),
      demand,
      (settings, first, second, before) => {
        const decision = decideThermostat(settings, { first, second }, before);
        const values = [first, second].flatMap((probe) => (probe?.isUsable === true ? [probe.value] : []));
        if (decision.demand === "heating") {
          expect(settings.hasHeater).toBe(true);
          expect(Math.max(...values)).toBeLessThan(25.65 + 1e-9);
        }
        if (decision.demand === "cooling") {
          expect(settings.hasChiller).toBe(true);
          expect(Math.min(...values)).toBeGreaterThan(25.35 - 1e-9);
        }
        if (values.length === 0) expect(decision.demand).toBe("blocked");
      },
    ),
    { numRuns: 3_000 },
  );
});
