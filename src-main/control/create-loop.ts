import type { LoopConfig } from "#contract/loops.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { DoserLoop } from "./doser-loop.ts";
import { RuleLoop } from "./rule-loop.ts";
import { ThermostatLoop } from "./thermostat-loop.ts";
import { TopOffLoop } from "./top-off-loop.ts";

/** A loop of the type its configuration names. */
export function createLoop(config: LoopConfig, deps: LoopDeps): ControlLoop {
  switch (config.type) {
    case "thermostat":
      return new ThermostatLoop(config, deps) as ControlLoop;
    case "top-off":
      return new TopOffLoop(config, deps) as ControlLoop;
    case "rule":
      return new RuleLoop(config, deps) as ControlLoop;
    case "doser":
      return new DoserLoop(config, deps) as ControlLoop;
  }
}
