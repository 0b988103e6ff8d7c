import { geometryFrom } from "../../hardware/simulated/tank-settings.ts";
import { SETPOINT_C } from "../machine/survival-tank.ts";
import type { ControlLaw } from "./reference.ts";

/**
 * A controller that knows everything: it sees the water itself and what each plug really does. Where even it cannot
 * keep the tank within its limits, no controller could. It doses nothing.
 */
export const ORACLE: ControlLaw = {
  name: "oracle",
  periodS: 5,
  begin({ house, switchTo }) {
    const { sumpStartL } = geometryFrom(house.params);
    return async () => {
      const { displayC, sumpL, heaterW, returnLPerH } = house.truth();
      const isCold = displayC < SETPOINT_C;
      await switchTo("heater", isCold);
      if (house.params.hasHeaterOutlet) await switchTo("heater-outlet", isCold || heaterW === 0);
      if (house.params.chillerW !== null) await switchTo("chiller", displayC > SETPOINT_C + 0.1);
      await switchTo("top-off", sumpL < sumpStartL && returnLPerH > 0);
      await switchTo("return-pump", true);
    };
  },
};
