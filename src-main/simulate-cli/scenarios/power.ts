import { DOSE_ML_PER_DAY } from "../machine/survival-tank.ts";
import { DAY, MID_DOSE, MID_FILL, MID_HEATING, NIGHT } from "../moments.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { isDosedWithin } from "./water.ts";

const HOUR_S = 3_600;
/** systemd starts it again within this. */
const RESTART_S = 8;
const WATCHDOG_S = 30;
const noOverdose = isDosedWithin(DOSE_ML_PER_DAY);

const cut = (fault: string, s: number, more: Partial<Scenario> = {}): Scenario => ({
  fault,
  moments: [MID_HEATING, MID_FILL, MID_DOSE],
  alarmWithinS: null,
  demands: noOverdose,
  strike: (stage) => stage.powerCut(s),
  ...more,
});

async function killAtRandom(stage: Stage): Promise<void> {
  stage.begin();
  while (stage.leftS > HOUR_S) {
    await stage.crash(RESTART_S);
    await stage.pass(600 + stage.luck() * 4 * HOUR_S);
  }
}

export const POWER_SCENARIOS: readonly Scenario[] = [
  cut("power-cut-2-s", 2),
  cut("power-cut-2-min", 120),
  cut("power-cut-6-h", 6 * HOUR_S, {
    moments: [NIGHT, MID_FILL],
    bounds: { isReturnGone: true },
    note: "nothing runs without power; told by the heartbeat that stays away",
  }),
  {
    fault: "brown-out",
    moments: [MID_HEATING, MID_FILL],
    alarmWithinS: null,
    demands: noOverdose,
    note: "the controller resets three times in a minute, relays flicker",
    strike: async (stage) => {
      stage.begin();
      for (let i = 0; i < 3; i++) {
        await stage.powerCut(1);
        await stage.pass(3 + stage.luck() * 10);
      }
    },
  },
  {
    fault: "process-killed-at-random",
    moments: [DAY, MID_DOSE, MID_FILL],
    alarmWithinS: null,
    demands: noOverdose,
    strike: killAtRandom,
  },
  {
    fault: "event-loop-blocked",
    moments: [MID_HEATING, MID_FILL],
    alarmWithinS: null,
    demands: noOverdose,
    note: "hangs with its outputs as they are until the watchdog ends it",
    strike: async (stage) => {
      stage.begin();
      stage.contestant.block();
      await stage.pass(WATCHDOG_S);
      await stage.crash(RESTART_S);
    },
  },
  {
    fault: "process-started-twice",
    moments: [DAY],
    alarmWithinS: null,
    demands: noOverdose,
    strike: async (stage) => {
      stage.begin();
      await stage.contestant.startTwice();
    },
  },
];
