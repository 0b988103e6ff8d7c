import type { FaultName } from "../../hardware/simulated/faults.ts";
import { DAY, MID_HEATING, NIGHT, POWER_UP, SUMMER } from "../moments.ts";
import type { Scenario } from "../scenario.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const PROBE = "display-temperature";

/** A mishap that begins and stays. */
function lasting(name: FaultName, rest: Omit<Scenario, "fault" | "strike">, key?: string): Scenario {
  return { ...rest, fault: name, strike: async (stage) => stage.strike({ name, key }) };
}

/** A dead probe: someone is told within five minutes, and what it drove goes on by the other probe, or off. */
const dead = (name: FaultName): Scenario =>
  lasting(name, { moments: [MID_HEATING, SUMMER], alarmWithinS: 5 * MINUTE_S, about: [PROBE] });

export const PROBE_SCENARIOS: readonly Scenario[] = [
  { ...dead("probe-vanishes"), moments: [MID_HEATING, SUMMER, POWER_UP] },
  dead("probe-reads-0"),
  dead("probe-reads-minus-1"),
  { ...dead("probe-reads-85"), moments: [MID_HEATING, SUMMER, POWER_UP] },
  dead("probe-reads-127-94"),
  dead("probe-reads-minus-7-1"),
  {
    fault: "one-sample-spike",
    moments: [MID_HEATING, DAY],
    alarmWithinS: null,
    note: "a spike an hour",
    strike: async (stage) => {
      while (stage.leftS > HOUR_S) {
        stage.strike({ name: "one-sample-spike" });
        await stage.pass(HOUR_S);
        stage.house.cure("one-sample-spike");
      }
    },
  },
  lasting("eintr-bursts", { moments: [MID_HEATING], alarmWithinS: null, note: "20 s of every minute" }),
  lasting("slow-drift", { moments: [DAY], alarmWithinS: 40 * HOUR_S }),
  lasting("probe-out-of-water", { moments: [MID_HEATING, NIGHT], alarmWithinS: 2 * HOUR_S }),
  lasting("ph-dead-flat", { moments: [DAY, NIGHT], alarmWithinS: 5 * MINUTE_S, about: ["ph"] }),
  {
    fault: "calibration-visit",
    moments: [DAY],
    alarmWithinS: null,
    strike: async (stage) => {
      stage.strike({ name: "calibration-visit" });
      await stage.pass(11 * MINUTE_S);
      stage.house.cure("calibration-visit");
    },
  },
];
