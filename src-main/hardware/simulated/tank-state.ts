import type { TankGeometry, TankSettings } from "./tank-settings.ts";

export interface WaterState {
  readonly displayL: number;
  readonly sumpL: number;
  readonly reservoirL: number;
  /** Salt in display and sump together, ppt x L. */
  readonly saltPptL: number;
  /** What stands on the floor now, L. */
  readonly floorL: number;
  /** All that ever ran over the sump's rim, L. */
  readonly overflowL: number;
  /** All that ever leaked, L. */
  readonly leakedL: number;
  /** What the return pump moves now, L/s. */
  readonly returnLPerS: number;
}

export interface HeatState {
  readonly displayC: number;
  readonly sumpC: number;
  /** A heat wave's or cold snap's share of the room temperature now, °C. */
  readonly roomShiftC: number;
}

export interface ChemistryState {
  /** Photosynthesis' and aeration's share of the pH (CO2 drawn down or piled up). */
  readonly co2Ph: number;
  /** What a dose of alkalinity adds to the pH until CO2 from the air levels it. */
  readonly dosePh: number;
  readonly orpMv: number;
  readonly alkalinityDkh: number;
  readonly calciumMgPerL: number;
  /** All alkalinity ever dosed, dKH of this tank. */
  readonly addedAlkalinityDkh: number;
  readonly dosedMl: number;
}

/** What the sensing elements themselves are at: they follow the water with their lag. */
export interface ProbeState {
  readonly displayC: number;
  readonly sumpC: number;
  readonly roomC: number;
  readonly ph: number;
  readonly orpMv: number;
  readonly salinityPpt: number;
}

export interface TankState {
  /** Since the tank was set up, s. */
  readonly elapsedS: number;
  readonly water: WaterState;
  readonly heat: HeatState;
  readonly chemistry: ChemistryState;
  readonly probes: ProbeState;
}

/** What equipment and mishaps do to the water during one step. */
export interface TankDrives {
  /** Heat that reaches the sump, W. */
  readonly heaterW: number;
  /** Heat the chiller takes out of the sump, W. */
  readonly chillerW: number;
  readonly isReturnOn: boolean;
  readonly isCirculationOn: boolean;
  readonly isSkimmerOn: boolean;
  /** Photosynthesis, 0 dark to 1 saturated. */
  readonly lightFraction: number;
  /** From the reservoir into the sump, by pump or siphon, L/s. */
  readonly topOffLPerS: number;
  readonly doseMlPerS: number;
  readonly leakLPerS: number;
  /** The return line has no siphon break that works. */
  readonly hasReturnSiphon: boolean;
  /** Where a heat wave or cold snap takes the room, °C beside the weather. */
  readonly roomShiftC: number;
}

/** Seawater as kept: 35 ppt, 8.3 dKH, 430 mg/L Ca. */
export const START_SALINITY_PPT = 35;
export const START_ALKALINITY_DKH = 8.3;
const START_CALCIUM_MG_PER_L = 430;
export const MIDDLE_PH = 8.15;
export const MIDDLE_ORP_MV = 355;

export function salinityOf(water: WaterState): number {
  return water.saltPptL / Math.max(water.displayL + water.sumpL, 1e-6);
}

/** @param roomC the room's temperature at that moment, °C */
export function startState(settings: TankSettings, geometry: TankGeometry, roomC: number): TankState {
  const { startC, volumeL } = settings;
  return {
    elapsedS: 0,
    water: {
      displayL: geometry.displayFullL,
      sumpL: geometry.sumpStartL,
      reservoirL: geometry.reservoirCapacityL,
      saltPptL: START_SALINITY_PPT * volumeL,
      floorL: 0,
      overflowL: 0,
      leakedL: 0,
      returnLPerS: 0,
    },
    heat: { displayC: startC, sumpC: startC, roomShiftC: 0 },
    chemistry: {
      co2Ph: MIDDLE_PH - DARK_PH,
      dosePh: 0,
      orpMv: MIDDLE_ORP_MV,
      alkalinityDkh: START_ALKALINITY_DKH,
      calciumMgPerL: START_CALCIUM_MG_PER_L,
      addedAlkalinityDkh: 0,
      dosedMl: 0,
    },
    probes: {
      displayC: startC,
      sumpC: startC,
      roomC,
      ph: MIDDLE_PH,
      orpMv: MIDDLE_ORP_MV,
      salinityPpt: START_SALINITY_PPT,
    },
  };
}

/** Where the pH settles after a long night. */
export const DARK_PH = 8.03;
