import { FILL_BELOW_PCT, FILL_UNTIL_PCT, HYSTERESIS_C, SETPOINT_C } from "../machine/survival-tank.ts";
import { doseByTheClock } from "./dose-timer.ts";
import type { ControlLaw } from "./reference.ts";

/**
 * What is written in an afternoon: hysteresis around the set-point on whatever number came last, commands on change
 * only, a pump that runs until the level says stop, doses by the wall's clock.
 */
export const HELD_VALUE: ControlLaw = {
  name: "hysteresis-holding-the-last-value",
  periodS: 5,
  begin(hands) {
    const last = new Map<string, number>();
    const commanded = new Map<string, boolean>();
    const dose = doseByTheClock(hands);
    const value = async (key: string, otherwise: number) => {
      const read = await hands.read(key);
      if (read !== null) last.set(key, read);
      return last.get(key) ?? otherwise;
    };
    const command = async (key: string, isOn: boolean | null) => {
      if (isOn === null || commanded.get(key) === isOn) return;
      commanded.set(key, isOn);
      await hands.switchTo(key, isOn);
    };
    return async () => {
      const waterC = await value("display-temperature", SETPOINT_C);
      const [coldC, warmC] = [SETPOINT_C - HYSTERESIS_C, SETPOINT_C + HYSTERESIS_C];
      await command("heater", between(waterC, { onBelow: coldC, offAbove: warmC }));
      if (hands.house.params.chillerW !== null) {
        await command("chiller", between(-waterC, { onBelow: -warmC - HYSTERESIS_C, offAbove: -SETPOINT_C }));
      }
      const levelPct = await value("sump-level", 100);
      await command("top-off", between(levelPct, { onBelow: FILL_BELOW_PCT, offAbove: FILL_UNTIL_PCT }));
      await dose();
    };
  },
};

/** null: as it is. */
function between(value: number, { onBelow, offAbove }: { onBelow: number; offAbove: number }): boolean | null {
  if (value < onBelow) return true;
  return value > offAbove ? false : null;
}
