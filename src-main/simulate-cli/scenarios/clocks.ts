import { DOSE_ML_PER_DAY, DOSES_PER_DAY } from "../machine/survival-tank.ts";
import { DAY, MID_DOSE, MID_FILL, NIGHT, POWER_UP } from "../moments.ts";
import type { RunFacts, Scenario } from "../scenario.ts";

const HOUR_MS = 3_600_000;
/** One dose more or less where the clock moves is a matter of where the hour falls. */
const SPARE_DOSES = 1;

/** Never a dose twice, and never a burst of those that were missed. */
const noDoubleDose = ({ truth, days }: RunFacts): readonly string[] => {
  const doses = Math.round(truth.dosedMl / (DOSE_ML_PER_DAY / DOSES_PER_DAY));
  const most = Math.ceil(days * DOSES_PER_DAY) + SPARE_DOSES;
  return doses > most ? [`${doses} doses in ${days} days, at most ${most} are due`] : [];
};

const step = (fault: string, byMs: number): Scenario => ({
  fault,
  moments: [MID_FILL, MID_DOSE],
  alarmWithinS: null,
  demands: noDoubleDose,
  strike: async (stage) => {
    stage.begin();
    stage.house.wall.step(byMs);
  },
});

const night = (fault: string, startMs: number): Scenario => ({
  fault,
  moments: [NIGHT],
  startMs,
  alarmWithinS: null,
  demands: noDoubleDose,
  strike: async (stage) => stage.begin(),
});

export const CLOCK_SCENARIOS: readonly Scenario[] = [
  step("clock-step-plus-1-h", HOUR_MS),
  step("clock-step-minus-1-h", -HOUR_MS),
  // Europe/Berlin: 29 March 2026, 2:00 becomes 3:00; 25 October 2026, 3:00 becomes 2:00; both at 1:00 UTC.
  night("dst-change-spring", Date.UTC(2026, 2, 28, 22)),
  night("dst-change-autumn", Date.UTC(2026, 9, 24, 22)),
  {
    fault: "wrong-clock-at-boot",
    moments: [POWER_UP, DAY],
    alarmWithinS: null,
    demands: noDoubleDose,
    note: "boots nine days behind, and NTP puts it right after twenty minutes",
    strike: async (stage) => {
      stage.begin();
      const isRunning = stage.contestant.isRunning;
      stage.house.wall.lose(9 * 24 * HOUR_MS);
      if (isRunning) await stage.crash(10);
      else await stage.boot();
      await stage.pass(20 * 60);
      stage.house.wall.synchronize();
    },
  },
];
