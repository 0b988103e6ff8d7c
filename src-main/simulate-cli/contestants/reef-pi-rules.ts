import { HYSTERESIS_C, SETPOINT_C } from "../machine/survival-tank.ts";
import { doseByTheClock } from "./dose-timer.ts";
import type { ControlLaw, Hands } from "./reference.ts";

/** A usual "check frequency"; its documentation's examples have 15 to 60 s. */
const PERIOD_S = 15;
/** What its DS18B20 reader takes as a reading: anything a DS18B20 can say (temperature/sensor.go). */
const READABLE_C = { min: -55, max: 125 };
/** Its own alert beyond these, here where our alarms low and high stand. */
const NOTIFY_C = { min: 24.4, max: 26.7 };
const MIN_C = SETPOINT_C - HYSTERESIS_C;
const MAX_C = SETPOINT_C + HYSTERESIS_C;

/**
 * reef-pi's published rules as a control law, of one probe, one heater, one cooler, one float, one doser (controller/
 * homeostasis.go, modules/temperature/control.go, modules/ato: as of 2023). A probe that cannot be read leaves the
 * equipment as it is; the pump runs while the float is dry; nothing limits how long.
 */
export const REEF_PI_RULES: ControlLaw = {
  name: "reef-pi-rules",
  periodS: PERIOD_S,
  begin(hands) {
    const dose = doseByTheClock(hands);
    const temperature = homeostasis(hands);
    return async () => {
      const waterC = await hands.read("display-temperature");
      const isReadable = waterC !== null && waterC >= READABLE_C.min && waterC <= READABLE_C.max;
      if (isReadable) await temperature(waterC);
      if (!isReadable || waterC <= NOTIFY_C.min || waterC >= NOTIFY_C.max) hands.tell();
      const float = await hands.read("sump-float");
      if (float !== null) await hands.switchTo("top-off", float === 0);
      await dose();
    };
  },
};

/** Up below the minimum, down above the maximum, on with either within the hysteresis, else both off. */
function homeostasis({ house, switchTo }: Hands): (waterC: number) => Promise<void> {
  const hasCooler = house.params.chillerW !== null;
  let past: "up" | "down" | null = null;
  const cool = (isOn: boolean) => (hasCooler ? switchTo("chiller", isOn) : Promise.resolve());
  return async (waterC) => {
    if (waterC > MAX_C && hasCooler) {
      await switchTo("heater", false);
      await cool(true);
      past = "down";
    } else if (waterC < MIN_C) {
      await cool(false);
      await switchTo("heater", true);
      past = "up";
    } else if (past === "down" && Math.abs(waterC - MAX_C) < HYSTERESIS_C) return;
    else if (past === "up" && Math.abs(waterC - MIN_C) < HYSTERESIS_C) return;
    else {
      await switchTo("heater", false);
      await cool(false);
      past = null;
    }
  };
}
