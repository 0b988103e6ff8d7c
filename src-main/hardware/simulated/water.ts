import type { TankGeometry } from "./tank-settings.ts";
import { salinityOf, type TankDrives, type WaterState } from "./tank-state.ts";

/** Share of the sump's capacity below which the return pump draws air, and above which it runs fully. */
const INTAKE_DRY = 0.08;
const INTAKE_COVERED = 0.16;
/** A wet floor dries by so much, L/s (half a litre an hour). */
const FLOOR_DRIES_L_PER_S = 0.5 / 3_600;

/** What moved between the bodies of water during a step, L: heat moves with it. */
export interface WaterFlows {
  /** Sump to display, by the return pump. */
  readonly pumpedL: number;
  /** Display to sump, over the weir or down the return line. */
  readonly drainedL: number;
  /** Into the sump from outside, at room temperature. */
  readonly addedL: number;
}

interface WaterStep {
  readonly geometry: TankGeometry;
  /** Evaporation of all surfaces, L/s. */
  readonly evaporationLPerS: number;
  readonly dtS: number;
}

/** One step of volumes and salt. No volume becomes negative; salt leaves only with water that leaves as water. */
export function stepWater(
  water: WaterState,
  drives: TankDrives,
  { geometry, evaporationLPerS, dtS }: WaterStep,
): { readonly water: WaterState; readonly flows: WaterFlows } {
  const evaporatedL = evaporationLPerS * dtS;
  let displayL = Math.max(0, water.displayL - 0.8 * evaporatedL);
  let sumpL = Math.max(0, water.sumpL - 0.2 * evaporatedL);

  const pumpedL = drives.isReturnOn ? Math.min(geometry.returnLPerS * suctionOf(sumpL, geometry) * dtS, sumpL) : 0;
  displayL += pumpedL;
  sumpL -= pumpedL;
  const leakedL = Math.min(drives.leakLPerS * dtS, displayL);
  displayL -= leakedL;
  const drainedL = drainedFrom(displayL, drives, { geometry, dtS });
  displayL -= drainedL;
  const fromReservoirL = Math.min(drives.topOffLPerS * dtS, water.reservoirL);
  const addedL = fromReservoirL + (drives.doseMlPerS / 1_000) * dtS;
  sumpL += drainedL + addedL;
  const overflowL = Math.max(0, sumpL - geometry.sumpCapacityL);
  sumpL -= overflowL;

  const lostL = leakedL + overflowL;
  const saltPptL = Math.max(0, water.saltPptL - lostL * salinityOf(water));
  return {
    water: {
      displayL,
      sumpL,
      reservoirL: water.reservoirL - fromReservoirL,
      saltPptL,
      floorL: Math.max(0, water.floorL + lostL - FLOOR_DRIES_L_PER_S * dtS),
      overflowL: water.overflowL + overflowL,
      leakedL: water.leakedL + leakedL,
      returnLPerS: pumpedL / dtS,
    },
    flows: { pumpedL, drainedL, addedL },
  };
}

/** 0 where the pump's intake is dry, 1 where it is well covered. */
function suctionOf(sumpL: number, geometry: TankGeometry): number {
  const filled = sumpL / geometry.sumpCapacityL;
  return Math.min(Math.max((filled - INTAKE_DRY) / (INTAKE_COVERED - INTAKE_DRY), 0), 1);
}

function drainedFrom(
  displayL: number,
  drives: TankDrives,
  { geometry, dtS }: Pick<WaterStep, "geometry" | "dtS">,
): number {
  if (drives.isReturnOn) return Math.max(0, displayL - geometry.displayFullL);
  const restsAtL = geometry.displayFullL - (drives.hasReturnSiphon ? geometry.siphonDrainL : geometry.backDrainL);
  return Math.min(Math.max(displayL - restsAtL, 0), geometry.drainLPerS * dtS);
}
