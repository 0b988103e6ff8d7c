import { DAY, MID_HEATING, NIGHT, SUMMER, UNMETERED } from "../moments.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const HEATER = ["heater", "heater-power", "heater-outlet", "display-temperature", "sump-temperature"];

const isHeaterOff: NonNullable<Scenario["isSafe"]> = ({ heaterW }) => heaterW === 0;
/** Cut, or at least cooled against. */
const isHeatHeld: NonNullable<Scenario["isSafe"]> = ({ heaterW }, stage) =>
  heaterW === 0 || stage.house.levelOf("chiller") > 0;

/** The relay welds, which nobody can see before it is told to be off: from then on it counts. */
async function weld(stage: Stage): Promise<void> {
  stage.house.strike({ name: "heater-relay-stuck-on" });
  await stage.until(() => stage.house.levelOf("heater") === 0, 3 * HOUR_S);
  stage.begin();
}

async function unreachableHeater(stage: Stage, { name, s }: { name: UnreachableName; s: number }): Promise<void> {
  stage.strike({ name, key: "heater" });
  await stage.pass(s);
}
type UnreachableName = "plug-unreachable-1-min" | "plug-unreachable-1-h" | "plug-unreachable-for-good";

export const HEATING_SCENARIOS: readonly Scenario[] = [
  {
    fault: "heater-relay-stuck-on",
    moments: [SUMMER, MID_HEATING, UNMETERED],
    // 15 s of more than 5 W where it is metered; else 45 minutes of water that does not cool as it should.
    alarmWithinS: 45 * MINUTE_S,
    about: HEATER,
    isSafe: isHeatHeld,
    note: "counted from the moment it is told to be off",
    strike: weld,
  },
  {
    fault: "heater-relay-stuck-off",
    moments: [NIGHT, MID_HEATING],
    alarmWithinS: 3 * HOUR_S,
    about: HEATER,
    strike: async (stage) => stage.strike({ name: "heater-relay-stuck-off" }),
  },
  {
    fault: "heater-degraded",
    moments: [MID_HEATING],
    alarmWithinS: 6 * HOUR_S,
    about: HEATER,
    strike: async (stage) => stage.strike({ name: "heater-degraded" }),
  },
  {
    fault: "plug-unreachable-1-min",
    moments: [MID_HEATING],
    alarmWithinS: null,
    strike: (stage) => unreachableHeater(stage, { name: "plug-unreachable-1-min", s: 120 }),
  },
  {
    fault: "plug-unreachable-1-h",
    moments: [MID_HEATING],
    alarmWithinS: 10 * MINUTE_S,
    isSafe: isHeaterOff,
    strike: (stage) => unreachableHeater(stage, { name: "plug-unreachable-1-h", s: HOUR_S }),
  },
  {
    fault: "plug-unreachable-for-good",
    moments: [MID_HEATING, SUMMER],
    alarmWithinS: 10 * MINUTE_S,
    strike: async (stage) => stage.strike({ name: "plug-unreachable-for-good", key: "heater" }),
  },
  {
    fault: "plug-toggled-by-hand",
    moments: [SUMMER, MID_HEATING],
    alarmWithinS: null,
    note: "the heater's, five times an hour apart",
    strike: async (stage) => {
      for (let i = 0; i < 5; i++) {
        stage.strike({ name: "plug-toggled-by-hand", key: "heater" });
        await stage.pass(HOUR_S);
        stage.house.cure("plug-toggled-by-hand");
      }
    },
  },
  {
    fault: "cooler-dead",
    moments: [SUMMER],
    alarmWithinS: 12 * HOUR_S,
    strike: async (stage) => stage.strike({ name: "cooler-dead" }),
  },
  {
    fault: "heat-wave",
    moments: [DAY],
    alarmWithinS: null,
    strike: async (stage) => stage.strike({ name: "heat-wave" }),
  },
  {
    fault: "cold-snap",
    moments: [NIGHT],
    alarmWithinS: 12 * HOUR_S,
    note: "the heater alone cannot hold it: told, and never switched off for it",
    strike: async (stage) => stage.strike({ name: "cold-snap" }),
  },
];
