import type { FaultName } from "../../hardware/simulated/faults.ts";
import { DOSES_PER_DAY } from "../machine/survival-tank.ts";
import { DAY, MID_DOSE, MID_FILL, NIGHT } from "../moments.ts";
import type { RunFacts, Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
/** How long a keeper takes to come home once he was told. */
const KEEPER_S = HOUR_S;

const isTopOffOff: NonNullable<Scenario["isSafe"]> = (_, stage) => stage.house.levelOf("top-off") === 0;
const isDoserOff: NonNullable<Scenario["isSafe"]> = (_, stage) => stage.house.levelOf("doser-alkalinity") === 0;

/** For so long, and then it is over. */
async function forAWhile(stage: Stage, name: FaultName, s: number): Promise<void> {
  stage.strike({ name });
  await stage.pass(s);
  stage.house.cure(name);
}

/** The wall's doses may not exceed one and a half times the schedule, whatever else happens. */
export function isDosedWithin(mlPerDay: number): (facts: RunFacts) => readonly string[] {
  return ({ truth, days }) =>
    truth.dosedMl > 1.5 * mlPerDay * Math.max(days, 1)
      ? [`${truth.dosedMl.toFixed(1)} mL were dosed in ${days} days`]
      : [];
}

export const WATER_SCENARIOS: readonly Scenario[] = [
  {
    fault: "float-stuck-wet",
    moments: [DAY],
    alarmWithinS: 72 * HOUR_S,
    note: "tops off no more: salinity rises by evaporation",
    strike: async (stage) =>
      stage.strike({ name: "float-stuck-wet" }, { name: "float-stuck-wet", key: "sump-float" }),
  },
  {
    fault: "float-stuck-dry",
    moments: [DAY, MID_FILL],
    alarmWithinS: HOUR_S,
    strike: async (stage) =>
      stage.strike({ name: "float-stuck-dry" }, { name: "float-stuck-dry", key: "sump-float" }),
    isSafe: isTopOffOff,
  },
  {
    fault: "pump-dry",
    moments: [MID_FILL],
    alarmWithinS: 15 * MINUTE_S,
    isSafe: isTopOffOff,
    strike: async (stage) => stage.strike({ name: "pump-dry" }),
  },
  {
    fault: "siphon",
    moments: [MID_FILL],
    alarmWithinS: 3 * HOUR_S,
    bounds: { overflowL: 60 },
    note: "bound: all of the reservoir, 60 L; nothing that is switched stops a siphon",
    strike: async (stage) => stage.strike({ name: "siphon", key: "top-off" }),
  },
  {
    fault: "reservoir-empty",
    moments: [MID_FILL],
    alarmWithinS: 15 * MINUTE_S,
    isSafe: isTopOffOff,
    strike: (stage) => forAWhile(stage, "reservoir-empty", 6 * HOUR_S),
  },
  {
    fault: "return-stopped",
    moments: [MID_FILL, NIGHT],
    alarmWithinS: 10 * MINUTE_S,
    bounds: { isReturnGone: true },
    isSafe: (truth, stage) => isTopOffOff(truth, stage) && truth.heaterW === 0,
    note: "the pump is jammed for three hours: its back-drain and the heater in the still sump are what is judged",
    strike: (stage) => forAWhile(stage, "return-stopped", 3 * HOUR_S),
  },
  {
    fault: "leak",
    moments: [DAY],
    alarmWithinS: 5 * MINUTE_S,
    about: ["leak", "sump-level", "top-off"],
    isSafe: isTopOffOff,
    note: "30 L/h until somebody comes, an hour after it began",
    strike: (stage) => forAWhile(stage, "leak", KEEPER_S),
  },
  {
    fault: "dose-pump-slow",
    moments: [MID_DOSE],
    alarmWithinS: null,
    strike: async (stage) => stage.strike({ name: "dose-pump-slow" }),
    isSafe: isDoserOff,
  },
  {
    fault: "dose-pump-short",
    moments: [DAY],
    alarmWithinS: null,
    strike: async (stage) => stage.strike({ name: "dose-pump-short" }),
    isSafe: isDoserOff,
  },
  {
    fault: "dose-pump-running-on",
    moments: [MID_DOSE, NIGHT],
    alarmWithinS: (24 * HOUR_S) / DOSES_PER_DAY + 5 * MINUTE_S,
    note: "it shows when the next dose ends, up to three hours after the strike",
    about: ["doser-alkalinity", "doser-power", "ph"],
    strike: async (stage) => stage.strike({ name: "dose-pump-running-on" }),
  },
];
