import { DAY, MID_FILL, MID_HEATING } from "../moments.ts";
import type { Scenario } from "../scenario.ts";

const HOUR_S = 3_600;
/** The alarms of database and store wait for minutes: control goes on without them. */
const SOON_S = 10 * 60;

export const STORAGE_SCENARIOS: readonly Scenario[] = [
  {
    fault: "postgres-hung",
    moments: [MID_HEATING],
    alarmWithinS: SOON_S,
    strike: async (stage) => {
      stage.begin();
      stage.contestant.setPostgres("hung");
      await stage.pass(3 * HOUR_S);
      stage.contestant.setPostgres("up");
    },
  },
  {
    fault: "postgres-killed",
    moments: [MID_FILL],
    alarmWithinS: null,
    strike: async (stage) => {
      stage.begin();
      for (let i = 0; i < 5; i++) {
        stage.contestant.setPostgres("away");
        await stage.pass(40);
        stage.contestant.setPostgres("up");
        await stage.pass(HOUR_S);
      }
    },
  },
  {
    fault: "postgres-away-a-day",
    moments: [DAY],
    alarmWithinS: SOON_S,
    strike: async (stage) => {
      stage.begin();
      stage.contestant.setPostgres("away");
      await stage.pass(24 * HOUR_S);
      stage.contestant.setPostgres("up");
    },
  },
  {
    fault: "disk-full",
    moments: [MID_HEATING, MID_FILL],
    alarmWithinS: SOON_S,
    note: "the card and Postgres on it take nothing more: no capped output is switched on",
    strike: async (stage) => {
      stage.begin();
      stage.contestant.setDiskFull(true);
      stage.contestant.setPostgres("away");
    },
  },
];
