import fc from "fast-check";
import { expect, test } from "vitest";
import { spanText } from "#domain/control/durations.ts";
import { isOnAtDuty } from "#domain/control/held-duty.ts";
import type { ThermostatDecision } from "#domain/control/thermostat.ts";
import { commandFrom, type DutyLimits } from "#domain/control/thermostat-command.ts";
import { type ThermostatFindings, thermostatWarnings } from "#domain/control/thermostat-warnings.ts";

const HOUR = 3_600_000;
const HEATING: ThermostatDecision = { demand: "heating", code: "heating", text: "Heating.", processVariableC: 25 };
const COOLING: ThermostatDecision = { demand: "cooling", code: "cooling", text: "Cooling.", processVariableC: 26 };
const BLIND: ThermostatDecision = {
  demand: "blocked",
  code: "sensor-not-good",
  text: "Neither heating nor cooling: its sensor is bad (comm).",
  processVariableC: null,
};
const FREE: DutyLimits = { hold: null, capFraction: null, atMs: 0 };

test("a decision is carried out as it is; a lost sensor ends everything at once", () => {
  expect(commandFrom(HEATING, FREE)).toMatchObject({ heaterPct: 100, chillerPct: 0, isUrgent: false });
  expect(commandFrom(COOLING, FREE)).toMatchObject({ heaterPct: 0, chillerPct: 100, state: "cooling" });
  expect(commandFrom(BLIND, FREE)).toMatchObject({
    heaterPct: 0,
    chillerPct: 0,
    isUrgent: true,
    state: "blocked",
  });
});

test("where its keeper chose so it goes on blind at the learned share, at most half the time and two hours", () => {
  const held = (dutyFraction: number, forMs: number, atMs: number) =>
    commandFrom(BLIND, { ...FREE, hold: { dutyFraction, forMs }, atMs });
  expect(held(0.25, 0, 0)).toMatchObject({ heaterPct: 100, state: "held", code: "held-duty", isUrgent: false });
  expect(held(0.25, 0, 8 * 60_000).heaterPct).toBe(0);
  expect(held(0.25, 10 * 60_000, 0).text).toBe(
    "Heating 25 % of the time, as learned, for 1 h 50 min more at most. Neither heating nor cooling: its sensor is bad (comm).",
  );
  expect(held(0.9, 0, 14 * 60_000).heaterPct).toBe(100);
  expect(held(0.9, 0, 16 * 60_000).heaterPct).toBe(0);
  expect(held(0.25, 2 * HOUR, 0)).toMatchObject({ heaterPct: 0, state: "blocked" });
  const apart = { ...BLIND, code: "probes-differ" };
  expect(commandFrom(apart, { ...FREE, hold: { dutyFraction: 0.2, forMs: 0 } }).heaterPct).toBe(0);
});

test("a capped heater is on for its share of the time and says so; idle it stays off", () => {
  expect(commandFrom(HEATING, { ...FREE, capFraction: 0.3 })).toMatchObject({
    heaterPct: 100,
    state: "heating",
    code: "duty-capped",
    text: "Heating. Held to 30 % of the time, as is usual.",
  });
  expect(commandFrom(HEATING, { ...FREE, capFraction: 0.3, atMs: 10 * 60_000 }).heaterPct).toBe(0);
  expect(commandFrom(COOLING, { ...FREE, capFraction: 0.3 }).heaterPct).toBe(0);
});

test("a share of time is given exactly, whenever one begins to look", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 1e9 }),
      (fraction, fromMs) => {
        let onS = 0;
        for (let s = 0; s < 3_600; s++) if (isOnAtDuty(fraction, fromMs + s * 1_000)) onS += 1;
        expect(Math.abs(onS / 3_600 - fraction)).toBeLessThan(0.002);
      },
    ),
    { numRuns: 20 },
  );
});

test("durations read as people say them", () => {
  expect([400, 45_000, 12 * 60_000, 2 * HOUR, 2.5 * HOUR].map(spanText)).toEqual([
    "0 s",
    "45 s",
    "12 min",
    "2 h",
    "2 h 30 min",
  ]);
});

const QUIET: ThermostatFindings = {
  decision: HEATING,
  command: commandFrom(HEATING, FREE),
  behindForMs: null,
  day: null,
  isDiscrepant: false,
  isSingle: false,
};
const warned = (changes: Partial<ThermostatFindings>) =>
  thermostatWarnings({ ...QUIET, ...changes }).map(({ code, priority }) => [code, priority]);

test("it warns of what a person should know, each with its own weight", () => {
  const day = { isExcessive: true, dutyFraction: 0.6, usualFraction: 0.3 };
  expect(warned({})).toEqual([]);
  expect(warned({ day: { ...day, isExcessive: false } })).toEqual([]);
  expect(warned({ day })).toEqual([["heater-overworked", "high"]]);
  expect(warned({ behindForMs: HOUR })).toEqual([["cannot-keep-up", "high"]]);
  expect(warned({ isDiscrepant: true })).toEqual([["probes-discrepant", "medium"]]);
  expect(warned({ isSingle: true })).toEqual([["single-probe", "medium"]]);
  expect(warned({ decision: { ...BLIND, code: "probes-differ" }, isDiscrepant: true })).toEqual([
    ["probes-differ", "high"],
  ]);
  const hold = { dutyFraction: 0.2, forMs: 0 };
  expect(warned({ decision: BLIND, command: commandFrom(BLIND, { ...FREE, hold }) })).toEqual([
    ["held-duty", "critical"],
  ]);
});

test("its words carry the figures", () => {
  const [behind] = thermostatWarnings({ ...QUIET, behindForMs: 130 * 60_000 });
  expect(behind?.text).toBe("The heater cannot keep up: on for 2 h 10 min, and the water is still at 25.00 °C.");
  const [blind] = thermostatWarnings({ ...QUIET, decision: BLIND, behindForMs: HOUR });
  expect(blind?.text).toBe("The heater cannot keep up: on for 1 h, and the water is still.");
  const day = { isExcessive: true, dutyFraction: 0.6, usualFraction: 0.3 };
  expect(thermostatWarnings({ ...QUIET, day })[0]?.text).toContain("on 60 % of the last 24 h where 30 % is usual");
});
