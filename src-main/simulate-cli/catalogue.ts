import { ReefFault } from "#contract/errors.ts";
import type { Scenario } from "./scenario.ts";
import { CLOCK_SCENARIOS } from "./scenarios/clocks.ts";
import { HEATING_SCENARIOS } from "./scenarios/heating.ts";
import { POWER_SCENARIOS } from "./scenarios/power.ts";
import { PROBE_SCENARIOS } from "./scenarios/probes.ts";
import { STORAGE_SCENARIOS } from "./scenarios/storage.ts";
import { WATER_SCENARIOS } from "./scenarios/water.ts";

/** Every mishap a tank is played through (docs/survival.md), kind by kind. */
export const CATALOGUE: readonly Scenario[] = [
  ...PROBE_SCENARIOS,
  ...HEATING_SCENARIOS,
  ...WATER_SCENARIOS,
  ...POWER_SCENARIOS,
  ...CLOCK_SCENARIOS,
  ...STORAGE_SCENARIOS,
];

export const FAULTS: readonly string[] = CATALOGUE.map(({ fault }) => fault);

/** @throws ReefFault invalid: a name that is none */
export function scenarioNamed(fault: string): Scenario {
  const scenario = CATALOGUE.find((known) => known.fault === fault);
  if (scenario === undefined) {
    throw new ReefFault("invalid", `There is no fault ${fault}; --list names all ${CATALOGUE.length}.`);
  }
  return scenario;
}
