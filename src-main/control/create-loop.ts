import { ReefFault } from "#contract/errors.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { ThermostatLoop } from "./thermostat-loop.ts";
import { TopOffLoop } from "./top-off-loop.ts";

/** A loop of the type its configuration names. */
export function createLoop(config: LoopConfig, deps: LoopDeps): ControlLoop {
  switch (config.type) {
    case "thermostat":
      return new ThermostatLoop(config, deps) as ControlLoop;
    case "top-off":
      return new TopOffLoop(config, deps) as ControlLoop;
    default:
      throw new ReefFault("unsupported", `There is no loop of the type ${config.type} yet.`);
  }
}
