import { DOSER_ML_PER_S } from "../../hardware/simulated/equipment.ts";
import { sleep } from "../../platform/timing.ts";
import { DOSE_ML_PER_DAY, DOSES_PER_DAY } from "../machine/survival-tank.ts";
import type { Hands } from "./reference.ts";

const PERIOD_MS = 86_400_000 / DOSES_PER_DAY;
const DOSE_MS = (DOSE_ML_PER_DAY / DOSES_PER_DAY / DOSER_ML_PER_S) * 1_000;

/** A cron line's doser: whenever the wall's clock says that it is time it runs the pump for the planned seconds, and trusts it. */
export function doseByTheClock({ clock, switchTo }: Hands): () => Promise<void> {
  let turn = Math.floor(clock.nowMs() / PERIOD_MS);
  return async () => {
    const now = Math.floor(clock.nowMs() / PERIOD_MS);
    if (now === turn) return;
    turn = now;
    await switchTo("doser-alkalinity", true);
    void sleep(clock, DOSE_MS).then(() => switchTo("doser-alkalinity", false));
  };
}
