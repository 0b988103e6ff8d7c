import type { ChannelId } from "#contract/ids.ts";
import type { HeatModel } from "#domain/control/heat-model.ts";
import type { LearnedFigures } from "../outputs/ports.ts";
import type { ControlLoop } from "./control-loop.ts";
import { ThermostatLoop } from "./thermostat-loop.ts";
import { TopOffLoop } from "./top-off-loop.ts";

/** What the loops learned of the equipment they drive, for whoever guards it. */
export interface LoopLearning extends LearnedFigures {
  /** How a heater warms the water; null: no loop's, or nothing is known of it. */
  heatModelOf(heaterChannelId: ChannelId): HeatModel | null;
}

/** @param loops all there are at the moment it is asked */
export function learnedFiguresOf(loops: () => Iterable<ControlLoop>): LoopLearning {
  const topOff = (partOf: (loop: TopOffLoop) => number | null) =>
    firstOf(loops(), (loop) => (loop instanceof TopOffLoop ? partOf(loop) : null));
  const thermostat = <T>(partOf: (loop: ThermostatLoop) => T | null) =>
    firstOf(loops(), (loop) => (loop instanceof ThermostatLoop ? partOf(loop) : null));
  return {
    topOffSPerDay: (pumpId) => topOff((loop) => loop.usualDaySOf(pumpId)),
    topOffFillS: (pumpId) => topOff((loop) => loop.fillSOf(pumpId)),
    heaterDutyPct: (heaterId) => {
      const fraction = thermostat((loop) => loop.usualDutyOf(heaterId));
      return fraction === null ? null : fraction * 100;
    },
    heatModelOf: (heaterId) => thermostat((loop) => loop.heatModelOf(heaterId)),
  };
}

function firstOf<T>(loops: Iterable<ControlLoop>, partOf: (loop: ControlLoop) => T | null): T | null {
  for (const loop of loops) {
    const value = partOf(loop);
    if (value !== null) return value;
  }
  return null;
}
