import type { HeatState, TankDrives, WaterState } from "./tank-state.ts";
import type { WaterFlows } from "./water.ts";

/** Heat capacity of seawater with its rock, Wh/L/°C. */
export const HEAT_CAPACITY_WH_PER_L_C = 1.14;
/** Heat that evaporating water takes along, Wh/L. */
const EVAPORATION_WH_PER_L = 680;
/** Pump heat that ends up in the water, W: together 40. */
const RETURN_PUMP_W = 30;
const CIRCULATION_W = 10;
/** Shares of the surface that loses heat. */
const DISPLAY_SHARE = 0.8;
const SUMP_SHARE = 1 - DISPLAY_SHARE;
/** A heat wave needs this long to come into the house (63 %), s. */
const ROOM_SHIFT_TAU_S = 3_600;

/** Total loss to the room at 2 % a day of evaporation, cover and room humidity included, W/°C. */
export function lossWPerC(volumeL: number): number {
  return 15 * (volumeL / 100) ** (2 / 3);
}

interface HeatStep {
  /** Before the step. */
  readonly water: WaterState;
  readonly flows: WaterFlows;
  readonly volumeL: number;
  readonly roomC: number;
  /** Evaporation above 2 % a day, L/s: only this cools beyond the loss figure. */
  readonly excessEvaporationLPerS: number;
  readonly dtS: number;
}

/** One step of heat: mixing moves it exactly, powers act on what is left in each body of water. */
export function stepHeat(heat: HeatState, drives: TankDrives, step: HeatStep): HeatState {
  const { water, flows, roomC, dtS } = step;
  const displayMixedC = mixedC(water.displayL, heat.displayC, { addedL: flows.pumpedL, addedC: heat.sumpC });
  const sumpKeptL = Math.max(water.sumpL - flows.pumpedL, 0);
  const sumpFedC = mixedC(sumpKeptL, heat.sumpC, { addedL: flows.drainedL, addedC: displayMixedC });
  const sumpMixedC = mixedC(sumpKeptL + flows.drainedL, sumpFedC, { addedL: flows.addedL, addedC: roomC });

  const lossWC = lossWPerC(step.volumeL);
  const evaporationW = step.excessEvaporationLPerS * 3_600 * EVAPORATION_WH_PER_L;
  const displayW =
    (drives.isCirculationOn ? CIRCULATION_W : 0) -
    DISPLAY_SHARE * (lossWC * (displayMixedC - roomC) + evaporationW);
  const sumpW =
    drives.heaterW -
    drives.chillerW +
    (drives.isReturnOn ? RETURN_PUMP_W : 0) -
    SUMP_SHARE * (lossWC * (sumpMixedC - roomC) + evaporationW);
  return {
    displayC: displayMixedC + riseC(displayW, water.displayL, dtS),
    sumpC: sumpMixedC + riseC(sumpW, sumpKeptL + flows.drainedL, dtS),
    roomShiftC: heat.roomShiftC + (drives.roomShiftC - heat.roomShiftC) * (1 - Math.exp(-dtS / ROOM_SHIFT_TAU_S)),
  };
}

function mixedC(keptL: number, keptC: number, { addedL, addedC }: { addedL: number; addedC: number }): number {
  const totalL = keptL + addedL;
  return totalL <= 0 ? keptC : (keptL * keptC + addedL * addedC) / totalL;
}

/** A drained body counts as one litre, so that a heater in it has something finite to heat. */
function riseC(powerW: number, volumeL: number, dtS: number): number {
  return (powerW * dtS) / 3_600 / (HEAT_CAPACITY_WH_PER_L_C * Math.max(volumeL, 1));
}
